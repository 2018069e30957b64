// A saved search as a place and as words, and a page's search as one to save.
import { country } from '@/app/references';
import { choice, word } from '@/app/language';
import { enum_of, filters, type Filter } from './search';
import type { SavedSearch } from './thesaurus/types';

const kept = filters.filter(name => name !== 'state' && name !== 'peer') as Exclude<Filter, 'state' | 'peer'>[]; // only what is published makes notices
export const search_place = (one: SavedSearch) => ({ path: '/library', query: Object.fromEntries([['text', one.text ?? ''], ['kind', one.kind?.[0] ?? ''], ...kept.map(name => [name, (one[name] ?? []).join(',')])].filter(([, value]) => value)) });
export const search_words = (one: SavedSearch) => [one.text, ...(one.kind ?? []).map(kind => word(`record.${kind}`)), ...kept.flatMap(name => (one[name] ?? []).map(value => name === 'country' ? country(value) : name === 'readiness' || name === 'class' ? value : choice(enum_of(name), value)))].filter(Boolean).join(' · ');
export const to_save = (text: string, kind: string, chosen: Record<Filter, string[]>): Omit<SavedSearch, 'id' | 'name'> => ({ text, kind: kind === 'all' ? [] : [kind], ...Object.fromEntries(kept.filter(name => chosen[name].length).map(name => [name, chosen[name]])) });
