// Every visible string is a row `key,zh,en,ru` of a words.csv: the server's in ../src/<room>/, the page's own in src/<folder>/.
// This plugin reads them all, fails on a missing translation or an unknown key, and emits one small module a set of words and language.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

export const languages = ['zh', 'en', 'ru'] as const;
type Row = { key: string; zh: string; en: string; ru: string; at: string; folder: string; server: boolean };

export function parse_csv(text: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [], cell = '', quoted = false;
    for (let i = 0; i < text.length; i++) {
        const c = text[i];
        if (quoted) {
            if (c !== '"') cell += c;
            else if (text[i + 1] === '"') { cell += '"'; i++; }
            else quoted = false;
        } else if (c === '"') quoted = true;
        else if (c === ',') { row.push(cell); cell = ''; }
        else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
        else cell += c;
    }
    if (cell || row.length) { row.push(cell); rows.push(row); }
    return rows.filter(cells => cells.some(Boolean));
}

function read_rows(file: string, server: boolean, problems: string[]): Row[] {
    const [head, ...body] = parse_csv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    const column = Object.fromEntries((head ?? []).map((name, index) => [name.trim(), index]));
    if (languages.some(language => column[language] === undefined)) { problems.push(`${file}: the first line must be key,zh,en,ru`); return []; }
    return body.map((cells, index) => {
        const at = `${file}:${index + 2}`, value = (name: string) => (cells[column[name] ?? 0] ?? '').trim();
        for (const language of languages)
            if (!value(language)) problems.push(`${at}: ${value('key')} has no ${language}`);
        if (value('en').includes(' | ') && value('ru').split(' | ').length !== 3)
            problems.push(`${at}: ${value('key')} is plural in English and needs three forms in Russian (one | few | many)`);
        return { key: value('key'), zh: value('zh'), en: value('en'), ru: value('ru'), at, folder: basename(dirname(file)), server };
    });
}

const word_files = (folder: string) => !existsSync(folder) ? [] :
    readdirSync(folder).map(name => join(folder, name, 'words.csv')).filter(file => existsSync(file)).sort();

/** The server's words win over the page's. */
export function read_words(web: string) {
    const problems: string[] = [], notes: string[] = [], rows = new Map<string, Row>(), own = new Set<string>();
    for (const file of word_files(join(web, '../src')))
        for (const row of read_rows(file, true, problems)) {
            if (row.key.startsWith('error.')) continue;
            if (rows.has(row.key)) notes.push(`${row.at}: ${row.key} is already defined at ${rows.get(row.key)!.at}, which wins`);
            else rows.set(row.key, row);
        }
    for (const file of word_files(join(web, 'src')))
        for (const row of read_rows(file, false, problems)) {
            if (own.has(row.key)) problems.push(`${row.at}: ${row.key} is defined twice`);
            own.add(row.key);
            if (rows.has(row.key)) notes.push(`${row.at}: ${row.key} also comes from ${rows.get(row.key)!.at}, which wins`);
            else rows.set(row.key, row);
        }
    return { rows, problems, notes, own };
}

function source_files(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return entry.name === 'generated' ? [] : source_files(path);
        return /\.(vue|ts)$/.test(entry.name) ? [path] : [];
    });
}

// What a source file names: whole keys, beginnings of keys made at run time, files it imports at once, and records it shows.
type Source = { keys: Map<string, number>; beginnings: Set<string>; imports: string[]; records: Set<string> };
function read_source(file: string, src: string): Source {
    const text = readFileSync(file, 'utf8'), keys = new Map<string, number>(), beginnings = new Set<string>(), imports: string[] = [], records = new Set<string>();
    for (const match of text.matchAll(/(?:\b(?:t|word)\(\s*|_key: ?|_key=")'?([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)['"]/g))
        if (!keys.has(match[1])) keys.set(match[1], text.slice(0, match.index).split('\n').length);
    for (const match of text.matchAll(/\brecord_pages\('([a-z_]+)'/g)) keys.set(`page.${match[1]}_new`, text.slice(0, match.index).split('\n').length);
    for (const match of text.matchAll(/\b(?:t|word|has_word)\(\s*`([a-z][a-z_.]*\.)\$\{/g)) beginnings.add(match[1]);
    for (const match of text.matchAll(/\bchoice\(\s*'([a-z_]+)'/g)) beginnings.add(`choice.${match[1]}.`);
    for (const match of text.matchAll(/\b(?:word|label|describe)\(\s*'([a-z_]+)'/g)) beginnings.add(`field.${match[1]}.`);
    for (const match of text.matchAll(/\brecord(?:="|: ?')([a-z_]+)['"]/g)) records.add(match[1]);
    for (const match of text.matchAll(/^import\s+(?!type\b)(?:[^'"]*?from\s+)?'([@.][^']*)'/gm)) {
        const path = match[1].startsWith('@/') ? join(src, match[1].slice(2)) : resolve(dirname(file), match[1]);
        const found = [path, path + '.ts', path + '.vue'].find(one => /\.(vue|ts)$/.test(one) && existsSync(one));
        if (found) imports.push(found);
    }
    return { keys, beginnings, imports, records };
}

/** The fields that somebody fills in: what the contract takes as a body, as keys of their labels. */
function asked_of_people(web: string): Set<string> {
    const contract = JSON.parse(readFileSync(join(web, '../tests/openapi.json'), 'utf8')), keys = new Set<string>();
    for (const operations of Object.values<Record<string, any>>(contract.paths))
        for (const operation of Object.values<any>(operations))
            for (const { schema } of Object.values<any>(operation.requestBody?.content ?? {})) {
                const record = schema?.$ref?.split('/').pop();
                for (const field of Object.keys(contract.components.schemas[record]?.properties ?? {})) keys.add(`field.${record}.${field}`);
            }
    return keys;
}

const frame = 'app';
// What records, jobs and rights are called is looked up by convention; other words of the server only if a source names them.
const by_convention = /^(field|choice|right|job|record|waiting|measure)\./;

// Help stands in forms only, so it is a set of its own.
const is_help = (key: string) => /^field\..*\.help$/.test(key);

/** Which words go into which set, which sets the pages of a folder need, and which set has a key that turned out to be missing. */
export function plan_words(web: string) {
    const src = join(web, 'src'), { rows, problems, notes, own } = read_words(web);
    const sources = new Map(source_files(src).map(file => [file, read_source(file, src)]));
    const folder_of = (file: string) => file.slice(src.length + 1).split(/[\\/]/)[0];
    const folders = [...new Set([...sources.keys()].map(folder_of))].filter(name => !/\.(ts|vue)$/.test(name));
    const has_pages = (folder: string) => existsSync(join(src, folder, 'pages.ts'));
    const reached = (from: string[]) => {
        const seen = new Set<string>(), wait = [...from];
        for (let file = wait.pop(); file; file = wait.pop()) { if (seen.has(file)) continue; seen.add(file); wait.push(...(sources.get(file)?.imports ?? [])); }
        return [...seen].map(file => sources.get(file)).filter(one => one !== undefined);
    };

    const used = new Map<string, string>(), beginnings = new Set<string>();
    for (const [file, source] of sources) {
        for (const [key, line] of source.keys) if (!used.has(key)) used.set(key, `${file}:${line}`);
        source.beginnings.forEach(one => beginnings.add(one));
    }
    for (const field of asked_of_people(web)) if (!rows.has(field)) problems.push(`../tests/openapi.json: ${field} is asked for and has no label`);
    for (const [key, at] of used) if (!rows.has(key)) problems.push(`${at}: the word ${key} is used but not defined`);

    const in_frame = new Set<string>();
    const sets = new Map<string, Map<string, Row>>([[frame, new Map()]]);
    const put = (set: string, row: Row) => { if (!sets.has(set)) sets.set(set, new Map()); sets.get(set)!.set(row.key, row); };
    const frame_sources = reached([join(src, 'main.ts')]);
    const frame_uses = (key: string) => frame_sources.some(one => one.keys.has(key) || [...one.beginnings].some(start => key.startsWith(start) && !by_convention.test(start)));
    const set_of = new Map<string, string>();
    for (const row of rows.values()) {
        const named = used.has(row.key) || [...beginnings].some(one => row.key.startsWith(one));
        if (row.server && !named && !by_convention.test(row.key) && !row.key.startsWith('operation.')) continue;
        const set = row.folder === frame && !row.server || /^(page|room|record)\./.test(row.key) || frame_uses(row.key) ? frame : row.key.startsWith('operation.') ? 'operations' : is_help(row.key) ? `${row.folder}_help` : row.folder;
        if (set === frame) in_frame.add(row.key);
        set_of.set(row.key, set);
        put(set, row);
    }
    // A room takes copies of the few words its pages use from another room; the sets of shared folders are loaded beside it.
    const needs: Record<string, string[]> = {};
    for (const folder of folders.filter(has_pages)) {
        const wanted = new Set<string>(sets.has(folder) ? [folder] : []), own_files = new Set([...sources].filter(([file]) => folder_of(file) === folder).map(([, source]) => source));
        for (const source of reached([...sources.keys()].filter(file => folder_of(file) === folder))) {
            const take = (row: Row) => {
                const set = set_of.get(row.key);
                if (!set || set === frame || set === folder || is_help(row.key)) return;
                if (folders.includes(set) && !has_pages(set)) wanted.add(set); else if (set === 'operations') { if (own_files.has(source)) wanted.add(set); } else { put(folder, row); wanted.add(folder); }
            };
            for (const key of source.keys.keys()) if (rows.has(key)) take(rows.get(key)!);
            for (const start of source.beginnings) if (start !== 'field.' && start !== 'choice.') for (const row of rows.values()) if (row.key.startsWith(start)) take(row);
            for (const record of source.records) { const row = [...rows.values()].find(one => one.key.startsWith(`field.${record}.`) && !is_help(one.key)); const set = row && set_of.get(row.key); if (set && set !== frame) wanted.add(set); }
        }
        needs[folder] = [...wanted].filter(set => sets.get(set)?.size).sort();
    }
    const owners: Record<string, string> = {};
    for (const [key, set] of set_of) {
        if (set === frame) continue;
        const [first, second] = key.split('.'), name = is_help(key) ? `help.${second}` : first === 'field' || first === 'choice' ? `${first}.${second}` : first;
        if (!owners[name]?.split(' ').includes(set)) owners[name] = owners[name] ? `${owners[name]} ${set}` : set;
    }
    return { rows, sets, needs, owners, problems, notes, unused: [...own].filter(key => !used.has(key) && ![...beginnings].some(one => key.startsWith(one))) };
}

export const check_words = plan_words;

const index = 'virtual:words', prefix = 'virtual:words/';

export function words(web: string): Plugin {
    let plan: ReturnType<typeof plan_words> | undefined;
    return {
        name: 'greenbank-words',
        buildStart() {
            plan = plan_words(web);
            if (plan.problems.length && !this.meta.watchMode) this.error(plan.problems.join('\n'));
            for (const problem of plan.problems) this.warn(problem);
            for (const file of [...word_files(join(web, 'src')), ...word_files(join(web, '../src'))]) this.addWatchFile(file);
        },
        handleHotUpdate({ file, server }) {
            if (!/words\.csv$|\.(vue|ts)$/.test(file)) return;
            plan = undefined;
            if (!file.endsWith('.csv')) return;
            server.moduleGraph.invalidateAll();
            server.ws.send({ type: 'full-reload' });
        },
        resolveId: id => id === index || id.startsWith(prefix) ? '\0' + id : undefined,
        load(id) {
            plan ??= plan_words(web);
            if (id === '\0' + index) {
                const loaders = [...plan.sets.keys()].map(set => `${JSON.stringify(set)}: { ${languages.map(one => `${one}: () => import('${prefix}${set}/${one}')`).join(', ')} }`);
                return `export const loaders = { ${loaders.join(', ')} };\nexport const needs = ${JSON.stringify(plan.needs)};\nexport const owners = ${JSON.stringify(plan.owners)};`;
            }
            if (!id.startsWith('\0' + prefix)) return;
            const [set, language] = id.slice(prefix.length + 1).split('/') as [string, typeof languages[number]];
            const table = Object.fromEntries([...plan.sets.get(set)!.values()].map(row => [row.key, row[language]]));
            const element = set === frame ? `export { default as element } from 'element-plus/es/locale/lang/${language === 'zh' ? 'zh-cn' : language}';\n` : '';
            return `${element}export default JSON.parse(${JSON.stringify(JSON.stringify(table))})`;
        },
    };
}
