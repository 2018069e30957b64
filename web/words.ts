// Every visible string is a row `key,zh,en,ru` of a words.csv: the server's in ../src/<slice>/, the page's own in src/<room>/.
// This plugin reads them all, fails on a missing translation or an unknown key, and emits one module a language.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const languages = ['zh', 'en', 'ru'] as const;
type Row = { key: string; zh: string; en: string; ru: string; at: string };

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

function read_rows(file: string, problems: string[]): Row[] {
    const [head, ...body] = parse_csv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
    const column = Object.fromEntries((head ?? []).map((name, index) => [name.trim(), index]));
    if (languages.some(language => column[language] === undefined)) { problems.push(`${file}: the first line must be key,zh,en,ru`); return []; }
    return body.map((cells, index) => {
        const at = `${file}:${index + 2}`, value = (name: string) => (cells[column[name] ?? 0] ?? '').trim();
        for (const language of languages)
            if (!value(language)) problems.push(`${at}: ${value('key')} has no ${language}`);
        if (value('en').includes(' | ') && value('ru').split(' | ').length !== 3)
            problems.push(`${at}: ${value('key')} is plural in English and needs three forms in Russian (one | few | many)`);
        return { key: value('key'), zh: value('zh'), en: value('en'), ru: value('ru'), at };
    });
}

const word_files = (folder: string) => !existsSync(folder) ? [] :
    readdirSync(folder).map(name => join(folder, name, 'words.csv')).filter(file => existsSync(file)).sort();

/** The server's words win over the page's, and both over the provisional ones (server words that no slice has brought yet). */
export function read_words(web: string) {
    const problems: string[] = [], notes: string[] = [], rows = new Map<string, Row>();
    const own = new Set<string>();
    for (const file of word_files(join(web, '../src')))
        for (const row of read_rows(file, problems)) {
            if (row.key.startsWith('error.')) continue;
            if (rows.has(row.key)) notes.push(`${row.at}: ${row.key} is already defined at ${rows.get(row.key)!.at}, which wins`);
            else rows.set(row.key, row);
        }
    for (const file of word_files(join(web, 'src')))
        for (const row of read_rows(file, problems)) {
            if (own.has(row.key)) problems.push(`${row.at}: ${row.key} is defined twice`);
            own.add(row.key);
            if (rows.has(row.key)) notes.push(`${row.at}: ${row.key} also comes from ${rows.get(row.key)!.at}, which wins`);
            else rows.set(row.key, row);
        }
    const provisional = join(web, 'provisional.csv');
    if (existsSync(provisional)) for (const row of read_rows(provisional, problems)) if (!rows.has(row.key)) rows.set(row.key, row);
    return { rows, problems, notes, own };
}

function source_files(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return entry.name === 'generated' ? [] : source_files(path);
        return /\.(vue|ts)$/.test(entry.name) ? [path] : [];
    });
}

/** Keys named literally in the sources: t('a.b'), and strings given to …_key properties. */
export function used_keys(web: string) {
    const used = new Map<string, string>();
    for (const file of source_files(join(web, 'src'))) {
        const text = readFileSync(file, 'utf8');
        for (const match of text.matchAll(/(?:\bt\(\s*|_key: ?|\blibrary\()'([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)['"]/g))
            if (!used.has(match[1])) used.set(match[1], `${file}:${text.slice(0, match.index).split('\n').length}`);
    }
    return used;
}

export function check_words(web: string) {
    const { rows, problems, notes, own } = read_words(web);
    const used = used_keys(web);
    for (const [key, at] of used) if (!rows.has(key)) problems.push(`${at}: the word ${key} is used but not defined`);
    return { problems, notes, unused: [...own].filter(key => !used.has(key)) };
}

const prefix = 'virtual:words/';

export function words(web: string): Plugin {
    return {
        name: 'greenbank-words',
        buildStart() {
            const { problems } = check_words(web);
            if (problems.length && !this.meta.watchMode) this.error(problems.join('\n'));
            for (const problem of problems) this.warn(problem);
            for (const file of [...word_files(join(web, 'src')), ...word_files(join(web, '../src'))]) this.addWatchFile(file);
        },
        resolveId: id => id.startsWith(prefix) ? '\0' + id : undefined,
        load(id) {
            if (!id.startsWith('\0' + prefix)) return;
            const language = id.slice(prefix.length + 1) as typeof languages[number];
            const { rows } = read_words(web);
            const table = Object.fromEntries([...rows.values()].map(row => [row.key, row[language].replaceAll('@', "{'@'}")]));
            return `export default JSON.parse(${JSON.stringify(JSON.stringify(table))})`;
        },
    };
}
