// The names of records that pages only know by their id; fetched once each.
import { reactive } from 'vue';
import { call } from './api';
import { api_of, kind_of_id } from './places';
import type { Text } from './types';

/** A view holds its record under the record's own name: { admission: {…}, steps: […] }. */
export const within = <T extends object>(kind: string, answer: T): T => (answer as Record<string, unknown>)[kind] as T | undefined ?? answer;
/** Or under a shorter one; its id says which it is. */
const named_by = <T extends object>(id: string, kind: string, answer: T): T => within(kind, (Object.values(answer) as ({ id?: string } | undefined)[]).find(one => one?.id === id) as T | undefined ?? answer);

const known = reactive(new Map<string, Text | string>()), asked = new Set<string>();

/** The name or title of a record, once it has come; nothing for ids no room knows. */
export function name_of(id: string | undefined | null): Text | string | undefined {
    const kind = id && kind_of_id(id);
    if (!kind) return undefined;
    if (!asked.has(id)) {
        asked.add(id);
        void call<{ name?: Text; title?: Text; number?: unknown }>('GET', `${api_of(kind)}/${encodeURIComponent(id)}`).then(answer => { const one = named_by(id, kind, answer); known.set(id, one.name ?? one.title ?? (typeof one.number === 'string' ? one.number : id)); }).catch(() => known.set(id, id));
    }
    return known.get(id);
}
