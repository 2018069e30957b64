// Shared vocabularies (countries, indicators, classes, units, traits), fetched once when a page first needs them.
import { reactive } from 'vue';
import { get } from './api';
import { pick } from './language';
import type { Reference } from './types';

export type Vocabulary = 'countries' | 'indicators' | 'traits' | 'units' | 'classes';
type Table = { items: Reference[]; by_code: Map<string, Reference>; edition?: string; source?: string };

const tables = reactive<Partial<Record<Vocabulary, Table>>>({});
const asked = new Map<Vocabulary, Promise<void>>();

export function load_reference(name: Vocabulary): Promise<void> {
    if (!asked.has(name)) asked.set(name, get<{ items: Reference[]; edition?: string; source?: string }>(`/reference/${name}`).then(answer => {
        tables[name] = { items: answer.items, by_code: new Map(answer.items.map(item => [item.code, item])), edition: answer.edition, source: answer.source };
    }).catch(() => { asked.delete(name); }));
    return asked.get(name)!;
}

export const reference_items = (name: Vocabulary) => { void load_reference(name); return tables[name]?.items ?? []; };
export const reference_of = (name: Vocabulary, code: string) => { void load_reference(name); return tables[name]?.by_code.get(code); };
/** The name in the page's language; the code itself until the list has come. */
export const reference_name = (name: Vocabulary, code: string | undefined | null) => !code ? '' : pick(reference_of(name, code)?.name) || code;
export const country = (code: string | undefined | null) => reference_name('countries', code);
/** What a unit is called and its exact code, for titles: "year (a)". */
export const unit_title = (code: string | undefined | null) => !code || code === '1' ? undefined : `${reference_name('units', code)} (${code})`;
