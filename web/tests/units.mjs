// What the page reckons without a browser: plural forms, differences of records, texts compared, figures as tables. First part of `npm test`.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const web = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const folder = mkdtempSync(join(tmpdir(), 'greenbank-units-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
let bundles = 0;
const bundle = async (code, plugins = []) => {
    const { outputFiles } = await build({ stdin: { contents: code, resolveDir: web, loader: 'ts' }, bundle: true, platform: plugins.length ? 'neutral' : 'node', format: 'esm', write: false, plugins, mainFields: ['module', 'main'], conditions: ['import', 'module'], logLevel: 'error', define: { __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false', 'process.env.NODE_ENV': '"production"' } });
    const file = join(folder, `${++bundles}.mjs`);
    writeFileSync(file, outputFiles[0].contents);
    return import(pathToFileURL(file).href);
};
const { plan_words, reduce } = await bundle(`export { plan_words } from './words.ts'; export { reduce } from './records.ts';`);
const plan = plan_words(web), description = reduce(JSON.parse(readFileSync(join(web, '../tests/openapi.json'), 'utf8')));
const all = language => Object.fromEntries([...plan.rows.values()].map(row => [row.key, row[language]]));
// In place of the Vite plugins: every word in one set, the real descriptions, no rooms.
const stand_in = { name: 'stand-in', setup(made) {
    made.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'made' }));
    made.onResolve({ filter: /(^@\/app|\.)\/rooms$/ }, () => ({ path: 'rooms', namespace: 'made' }));
    made.onResolve({ filter: /^@\// }, ({ path }) => made.resolve('./src/' + path.slice(2), { resolveDir: web, kind: 'import-statement' }));
    made.onLoad({ filter: /.*/, namespace: 'made' }, ({ path }) => ({ loader: 'js', contents:
        path === 'virtual:records' ? `export default ${JSON.stringify(description)}` : path === 'rooms' ? 'export const rooms = [], entries = []; export const is_open = () => true, entry_of = () => undefined;'
        : `export const needs = {}, owners = {}, loaders = { app: { ${['zh', 'en', 'ru'].map(one => `${one}: async () => ({ default: ${JSON.stringify(all(one))} })`).join(', ')} } };` }));
} };
const { t, set_language, differences, text_pieces, table_of, written, merge_patch } = await bundle(`export { t, set_language } from '@/app/language'; export { differences, text_pieces } from '@/patterns/differences'; export { table_of } from '@/charts/tables'; export { written } from '@/patterns/values'; export { merge_patch } from '@/patterns/form';`, [stand_in]);
globalThis.document = { documentElement: {} };

let passed = 0, failed = 0;
async function check(name, work) { try { await work(); passed++; } catch (problem) { failed++; console.log(`not ok - ${name}\n    ${String(problem.message).split('\n').slice(0, 8).join('\n    ')}`); } }

await check('plural forms in three languages', async () => {
    await set_language('ru', false);
    for (const [count, form] of [[1, '1 день'], [2, '2 дня'], [5, '5 дней'], [11, '11 дней'], [21, '21 день'], [112, '112 дней'], [0, '0 дней']]) assert.equal(t('unit.days', { count }, count), form);
    assert.equal(t('measure.a', { value: '2,5' }, 2.5).replace('\u00a0', ' '), '2,5 года');
    await set_language('en', false);
    assert.equal(t('unit.days', { count: 1 }, 1), '1 day'); assert.equal(t('unit.days', { count: 0 }, 0), '0 days');
    await set_language('zh', false);
    assert.equal(t('unit.days', { count: 3 }, 3), '3 天');
});
await set_language('en', false);
await check('a value is put in as it is, a place without a value stays', () => { assert.equal(t('list.view_name', {}), 'Name of the view'); assert.equal(t('unit.up_to', { value: '$&' }), 'up to $&'); assert.equal(t('unit.up_to', {}), 'up to {value}'); });
await check('differences name the place and both values', () => {
    const before = { title: { en: 'Heat' }, budget: { amount: '100.00', currency: 'CNY' }, requirements: [{ indicator: 'cop', comparison: 'at_least', value: 2, unit: '1', hard: true }], readiness_min: { scale: 'iea', level: 7 } };
    const after = { title: { en: 'Heat', ru: 'Тепло' }, budget: { amount: '200.00', currency: 'CNY' }, requirements: [{ indicator: 'cop', comparison: 'at_least', value: 3, unit: '1', hard: true }, { indicator: 'life', comparison: 'at_least', value: 15, unit: 'a', hard: false }], readiness_min: { scale: 'iea', level: 9 } };
    const rows = differences('need', before, JSON.stringify(after)).map(row => `${row.place.join(' › ')}: ${row.before} -> ${row.after}`);
    assert.deepEqual(rows.filter(row => /[{}]/.test(row)), []);
    for (const wish of [/Русский: {2}-> Тепло/, /Budget: 100 CNY -> 200 CNY/, /item 1 › .*: 2 -> 3/, /item 2: {2}-> .*15\s*years/, /Level: 7 -> 9/]) assert.ok(rows.some(row => wish.test(row)), `${wish} is not in\n${rows.join('\n')}`);
    assert.deepEqual(differences('need', before, before), []); assert.deepEqual(differences('need', '', 'not JSON'), []);
});
await check('an unknown record is compared all the same', () => assert.deepEqual(differences('nothing', { a: { b: 1 } }, { a: { b: 2 } }), [{ place: ['A', 'B'], before: '1', after: '2' }]));
await check('pieces of a text put together give both texts, for many seeds', () => {
    for (let seed = 1; seed <= 300; seed++) {
        let state = seed; const random = most => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
        const text = () => Array.from({ length: random(14) }, () => ['heat ', 'pump ', '水', '泵', 'с ', 'парой\n', '. '][random(7)]).join('');
        const a = text(), b = text(), pieces = text_pieces(a, b), side = kind => pieces.filter(one => one.kind !== kind).map(one => one.text).join('');
        assert.equal(side('in'), a, `seed ${seed}`); assert.equal(side('out'), b, `seed ${seed}`);
    }
});
await check('only the changed word is marked', () => assert.deepEqual(text_pieces('a coal boiler of a school', 'a gas boiler of a school').map(one => one.kind + ' ' + one.text.trim()), ['same a', 'out coal', 'in gas', 'same boiler of a school']));
await check('a duration curve falls from the highest to the lowest value', () => {
    const { rows } = table_of({ kind: 'duration', series: [{ name: 'a', values: Array.from({ length: 8760 }, (_, at) => (at * 7919) % 8760) }] }), values = rows.map(row => row[1]);
    assert.equal(rows.length, 101); assert.equal(values[0], 8759); assert.equal(values.at(-1), 0); assert.ok(values.every((one, at) => !at || one <= values[at - 1]));
});
await check('values read as their description says', () => {
    assert.equal(written(true, { name: 'hard', kind: 'boolean' }), 'yes'); assert.equal(written({ amount: '1250.50', currency: 'CNY' }, { name: 'price', kind: 'money' }), '1,250.50 CNY');
    assert.equal(written(['a', 'b'], { name: 'words', kind: 'list', item: { name: '', kind: 'text' } }), 'a, b'); assert.equal(written({}, { name: 'x', kind: 'record', record: 'nothing' }), '');
});
await check('a merge patch holds what changed and null for what went', () => assert.deepEqual(merge_patch({ title: { en: 'a', ru: 'б' }, list: [1], gone: 5 }, { title: { en: 'a' }, list: [1, 2] }), { title: { ru: null }, list: [1, 2], gone: null }));
await check('every set of words that a page needs exists, and none is too large', () => {
    for (const sets of Object.values(plan.needs)) for (const set of sets) assert.ok(plan.sets.has(set), set);
    assert.ok(JSON.stringify([...plan.sets.get('app').values()].map(row => row.ru)).length < 24_000, 'the words of the frame have grown: first load');
});
await check('the proof of a record in the log is worked out as RFC 9162 says, and a changed hash shows', async () => {
    const { createHash, webcrypto } = await import('node:crypto');
    globalThis.crypto ??= webcrypto;
    const { root_from } = await bundle(`export { root_from } from '@/parties/proof';`, [stand_in]);
    const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
    const leaf = index => sha(Buffer.of(0), Buffer.from(`record ${index}`));
    const split = size => { let half = 1; while (half * 2 < size) half *= 2; return half; };
    const root = leaves => leaves.length === 1 ? leaves[0] : sha(Buffer.of(1), root(leaves.slice(0, split(leaves.length))), root(leaves.slice(split(leaves.length))));
    const path = (index, leaves) => {
        if (leaves.length === 1) return [];
        const half = split(leaves.length);
        return index < half ? [...path(index, leaves.slice(0, half)), root(leaves.slice(half))] : [...path(index - half, leaves.slice(half)), root(leaves.slice(0, half))];
    };
    for (let size = 1; size <= 20; size++) {
        const leaves = Array.from({ length: size }, (_, index) => leaf(index)), whole = root(leaves).toString('hex');
        for (let index = 0; index < size; index++) {
            const proof = path(index, leaves), hex = async given => { const made = await root_from(index, size, leaves[index], given); return made && Buffer.from(made).toString('hex'); };
            assert.equal(await hex(proof), whole);
            if (proof.length) {
                assert.equal(await hex(proof.slice(1)), undefined);
                const wrong = proof.map(one => Buffer.from(one));
                wrong[0][5] ^= 1;
                assert.notEqual(await hex(wrong), whole);
            }
            assert.equal(await hex([...proof, leaves[0]]), undefined);
        }
    }
    assert.equal(await root_from(3, 3, leaf(3), []), undefined);
});

console.log(`units: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
