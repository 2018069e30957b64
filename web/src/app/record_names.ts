// The names of records that pages only know by their id; fetched once each.
import { reactive } from 'vue';
import { call } from './api';
import { date } from './format';
import { pick, word } from './language';
import { api_of, kind_of_id } from './places';
import { describe } from './records';
import type { Text } from './types';

/** A view holds its record under the record's own name: { admission: {…}, steps: […] }. */
export const within = <T extends object>(kind: string, answer: T): T => (answer as Record<string, unknown>)[kind] as T | undefined ?? answer;
/** Or under a shorter one; its id says which it is. */
const named_by = <T extends object>(id: string, kind: string, answer: T): T => within(kind, (Object.values(answer) as ({ id?: string } | undefined)[]).find(one => one?.id === id) as T | undefined ?? answer);

const known = reactive(new Map<string, Text | string>()), nameless = reactive(new Map<string, object>()), asked = new Set<string>();

/** The name or title of a record, once it has come; nothing for ids no room knows. */
export function name_of(id: string | undefined | null): Text | string | undefined {
    const kind = id && kind_of_id(id);
    if (!kind) return undefined;
    if (!asked.has(id)) {
        asked.add(id);
        void call<{ name?: Text; title?: Text; number?: unknown }>('GET', `${api_of(kind)}/${encodeURIComponent(id)}`).then(answer => {
            const one = named_by(id, kind, answer), name = one.name ?? one.title ?? (typeof one.number === 'string' ? one.number : undefined);
            if (name) known.set(id, name);
            else nameless.set(id, one);
        }).catch(() => known.set(id, id));
    }
    const one = nameless.get(id);
    return one ? called(kind, one) || id : known.get(id);
}

/** What a record without a name or title is called: its kind, the first record it is about and the day it is of. */
export function called(kind: string, one: object): string {
    const fields = describe(kind), at = (field: { name: string } | undefined) => field && (one as Record<string, unknown>)[field.name];
    const about = at(fields.find(field => field.kind === 'id' && field.name !== 'id' && field.reference !== 'org' && at(field)));
    const day = at(fields.find(field => (field.kind === 'date' || field.kind === 'time') && at(field)));
    const parts = [typeof about === 'string' && !nameless.has(about) && pick(name_of(about)), typeof day === 'string' && date(day)].filter(Boolean);
    const said = word(`record.${kind}`);
    return parts.length ? [said.charAt(0).toUpperCase() + said.slice(1), ...parts].join(' · ') : '';
}
