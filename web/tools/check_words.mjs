// `npm run check`: every word in three languages, every key used is defined; `-- --unused` names page words nobody uses, `-- --sets` what goes where.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
const web = fileURLToPath(new URL('..', import.meta.url));
const { outputFiles } = await build({ entryPoints: [web + 'words.ts'], bundle: true, platform: 'node', format: 'esm', write: false });
const { plan_words } = await import('data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64'));
const { problems, notes, unused, sets, needs } = plan_words(web.replace(/\/$/, ''));
for (const note of notes) console.log('note:', note);
if (process.argv.includes('--unused')) for (const key of unused) console.log('unused?', key);
if (process.argv.includes('--sets')) { for (const [name, rows] of sets) console.log(`set ${name}: ${rows.size} words`); for (const [folder, names] of Object.entries(needs)) console.log(`pages of ${folder} need ${names.join(', ')}`); }
for (const problem of problems) console.error(problem);
console.log(problems.length ? `${problems.length} problems` : 'words: complete in zh, en, ru');
process.exit(problems.length ? 1 : 0);
