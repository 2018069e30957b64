// What changed between two states of a record, as rows one can read: the place in words, and the value before and after.
import { label, languages, t } from '@/app/language';
import { describe, type FieldDescription } from '@/app/records';
import { is_empty, is_plain, written, type Plain } from './values';

export type Difference = { place: string[]; before: string; after: string };

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null) || (is_empty(a) && is_empty(b));
/** What makes an item of a list the same item in both states. */
const identity = (item: unknown, at: number) => is_plain(item) ? String(item.id ?? item.code ?? item.indicator ?? item.key ?? `#${at}`) : JSON.stringify(item);

function compare(record: string, place: string[], before: unknown, after: unknown, field: FieldDescription | undefined, rows: Difference[]) {
    if (same(before, after)) return;
    const kind = field?.kind;
    if (kind === 'localized' && is_plain(before ?? {}) && is_plain(after ?? {})) {
        const changed = languages.filter(one => !same((before as Plain)?.[one.code], (after as Plain)?.[one.code]));
        for (const one of changed) rows.push({ place: changed.length > 1 || Object.keys((after ?? before) as Plain).length > 1 ? [...place, one.name] : place, before: String((before as Plain)?.[one.code] ?? ''), after: String((after as Plain)?.[one.code] ?? '') });
        return;
    }
    const nested = kind === 'record' ? field!.record : undefined;
    if (is_plain(before) && is_plain(after) && (nested || !kind) && kind !== 'money' && kind !== 'quantity') { compare_records(nested ?? record, place, before, after, rows); return; }
    if (Array.isArray(before ?? []) && Array.isArray(after ?? []) && (field?.item?.kind === 'record' || [...(before as unknown[] ?? []), ...(after as unknown[] ?? [])].some(is_plain))) {
        const was = (before ?? []) as unknown[], is = (after ?? []) as unknown[], item = field?.item;
        const old = new Map(was.map((one, at) => [identity(one, at), one])), now = new Map(is.map((one, at) => [identity(one, at), one]));
        for (const [key, one] of old) if (!now.has(key)) rows.push({ place: [...place, t('difference.item', { number: was.indexOf(one) + 1 })], before: written(one, item), after: '' });
        for (const [key, one] of now) {
            const here = [...place, t('difference.item', { number: is.indexOf(one) + 1 })];
            if (!old.has(key)) rows.push({ place: here, before: '', after: written(one, item) });
            else compare(item?.record ?? record, here, old.get(key), one, item && { ...item, name: field!.name }, rows);
        }
        return;
    }
    rows.push({ place, before: written(before, field), after: written(after, field) });
}
function compare_records(record: string, place: string[], before: Plain, after: Plain, rows: Difference[]) {
    const described = describe(record), names = [...new Set([...described.map(one => one.name), ...Object.keys(before), ...Object.keys(after)])];
    for (const name of names) if (name !== 'version' && name !== 'updated_at') compare(record, [...place, label(record, name)], before[name], after[name], described.find(one => one.name === name), rows);
}
export function differences(record: string, before: unknown, after: unknown): Difference[] {
    const plain = (value: unknown): Plain => { if (is_plain(value)) return value; try { const parsed = JSON.parse(String(value || '{}')); return is_plain(parsed) ? parsed : {}; } catch { return {}; } };
    const rows: Difference[] = [];
    compare_records(record, [], plain(before), plain(after), rows);
    return rows.filter(row => row.before || row.after);
}

export type Piece = { kind: 'same' | 'out' | 'in'; text: string };
/** Two texts as runs that stayed, went and came; word by word, a Chinese character being a word. For long texts the whole is one change. */
export function text_pieces(before: string, after: string): Piece[] {
    const words = (text: string) => text.match(/[\p{Script=Han}]|[^\s\p{Script=Han}]+\s*|\s+/gu) ?? [];
    const a = words(before), b = words(after);
    if (!a.length || !b.length || a.length * b.length > 250_000) return [...(before ? [{ kind: 'out' as const, text: before }] : []), ...(after ? [{ kind: 'in' as const, text: after }] : [])];
    const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    if (longest[0][0] * 3 < Math.min(a.length, b.length)) return [{ kind: 'out', text: before }, { kind: 'in', text: after }];
    const pieces: Piece[] = [];
    const add = (kind: Piece['kind'], text: string) => { const last = pieces.at(-1); if (last?.kind === kind) last.text += text; else pieces.push({ kind, text }); };
    let i = 0, j = 0;
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) { add('same', a[i]); i++; j++; }
        else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) add('out', a[i++]);
        else add('in', b[j++]);
    }
    return pieces;
}
