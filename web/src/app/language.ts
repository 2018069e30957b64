// The three languages: words loaded room by room, plural rules, the right text of a localized value, names of choices.
import { computed, ref, shallowRef } from 'vue';
import { loaders, needs, owners } from 'virtual:words';
import { local_sentence, wire_language } from './api';
import type { Language, Text } from './types';

export const languages: { code: Language; tag: string; name: string }[] = [
    { code: 'zh', tag: 'zh-CN', name: '中文' }, { code: 'en', tag: 'en', name: 'English' }, { code: 'ru', tag: 'ru', name: 'Русский' },
];
const storage = 'greenbank.language', frame = 'app';

export const language = ref<Language>('zh');
export const tag = computed(() => languages.find(one => one.code === language.value)!.tag);
/** What Element's own parts say; it comes with the words of the frame. */
export const element_locale = shallowRef<any>();
const elements: Partial<Record<Language, unknown>> = {};

// Words of the page's language, set by set; what a page needs is known from its folder, what nobody foresaw is fetched when it is missed.
const words = shallowRef<Record<string, string>>({});
const wanted = new Set<string>([frame]), loaded = new Map<string, Promise<void>>();

async function fetch_words(code: Language, set: string): Promise<Record<string, string>> {
    const found = await loaders[set][code]();
    if (found.element && set === frame) elements[code] = found.element;
    return found.default;
}
function load_set(set: string): Promise<void> {
    wanted.add(set);
    if (!loaded.has(set)) {
        const code = language.value;
        loaded.set(set, fetch_words(code, set).then(more => { if (code === language.value) words.value = { ...words.value, ...more }; }, () => { loaded.delete(set); }));
    }
    return loaded.get(set)!;
}
/** The words of the pages of a folder. */
export const need_words = (folder: string): Promise<unknown> => Promise.all((needs[folder] ?? []).map(load_set));

/** What the fields of a record want to be filled with; stands in forms only. */
export const need_help = (record: string): Promise<unknown> => Promise.all((owners[`help.${record}`]?.split(' ') ?? []).map(load_set));

function missed(key: string) {
    const [first, second] = key.split('.'), sets = owners[key.endsWith('.help') ? `help.${second}` : first === 'field' || first === 'choice' ? `${first}.${second}` : first];
    for (const set of sets?.split(' ') ?? []) if (!loaded.has(set)) void load_set(set);
}
export function has_word(key: string) {
    if (key in words.value) return true;
    missed(key);
    return false;
}

/** one | few | many; a fraction takes the form of few: 2,5 года */
function russian_form(count: number) {
    if (!Number.isInteger(count)) return 1;
    const tens = Math.abs(count) % 100, ones = tens % 10;
    if (ones === 1 && tens !== 11) return 0;
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}
function form_of(text: string, count: number) {
    const forms = text.split(' | '), wish = language.value === 'ru' ? russian_form(count) : language.value === 'en' ? Number(count !== 1) : 0;
    return forms[Math.min(wish, forms.length - 1)];
}
/** The word of a key, with values for its {places}, in the form that goes with the count. */
export function t(key: string, values?: Record<string, unknown>, count = 1): string {
    if (!has_word(key)) return humanised(key.split('.').pop() ?? key);
    const text = words.value[key], form = text.includes(' | ') ? form_of(text, count) : text;
    return values ? form.replace(/\{(\w+)\}/g, (place, name) => name in values ? String(values[name]) : place) : form;
}

export function first_language(): Language {
    const asked = new URLSearchParams(location.search).get('lang') ?? stored() ?? '';
    for (const wish of [asked, ...navigator.languages]) {
        const code = wish.toLowerCase().split(/[-_]/)[0];
        if (code === 'zh' || code === 'en' || code === 'ru') return code;
        if (code === 'kk' || code === 'ky' || code === 'be' || code === 'uz' || code === 'tg') return 'ru';
    }
    return 'en';
}
const stored = () => { try { return localStorage.getItem(storage); } catch { return null; } };

export async function set_language(code: Language, keep = true, folder?: string) {
    for (const set of needs[folder ?? ''] ?? []) wanted.add(set);
    const sets = [...wanted];
    const tables = await Promise.all(sets.map(set => fetch_words(code, set)));
    language.value = code;
    words.value = Object.assign({}, ...tables);
    loaded.clear();
    for (const set of sets) loaded.set(set, Promise.resolve());
    for (const set of wanted) void load_set(set); // what was asked for meanwhile
    element_locale.value = elements[code];
    wire_language.value = tag.value;
    document.documentElement.lang = tag.value;
    if (keep) try { localStorage.setItem(storage, code); } catch { /* private mode */ }
}
local_sentence.of = code => t(`problem.${code}`);

/** A word if there is one, else a readable form of its key. */
export const word = (key: string, fallback?: string) => has_word(key) ? t(key) : fallback ?? humanised(key.split('.').pop() ?? key);
/** Of a text written in the three languages one after another, with "/ " between them, the part that is the reader's. */
export function spoken(text: string) {
    const parts = text.split(/\s*\/ /);
    return parts.length === 3 && /[\u4e00-\u9fff]/.test(parts[0]) && /[а-яё]/i.test(parts[2]) ? parts[{ zh: 0, en: 1, ru: 2 }[language.value]] : text;
}
/** Names that many people give to a part or a zone are said in the reader's language; any other stands as it was entered. */
export const known_name = (name: string) => word(`name.${name.trim().toLowerCase().replaceAll(' ', '_')}`, name);
const humanised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** The word of a choice by the name its enum has on the wire (x-choice). */
export const choice = (enumeration: string, value: string | undefined | null) => value ? word(`choice.${enumeration}.${value}`) : '';

/** The label of a field; fields shared by many records need one row only. */
export const label = (record: string, field: string) => has_word(`field.${record}.${field}`) ? t(`field.${record}.${field}`) : word(`field.${field}`);

/** Things one after the other, as the language parts them: 水、气 but water, air. */
export const in_a_row = (words: string[]) => words.join(language.value === 'zh' ? '、' : ', ');

const order: Record<Language, Language[]> = { zh: ['zh', 'en', 'ru'], en: ['en', 'zh', 'ru'], ru: ['ru', 'en', 'zh'] };
/** The text in the page's language, else in another one. */
export function pick(text: Text | string | undefined | null): string {
    if (!text) return '';
    if (typeof text === 'string') return text;
    for (const code of order[language.value]) if (text[code]) return text[code]!;
    return '';
}
/** The lang attribute where the text had to come from another language. */
export function lang_of(text: Text | string | undefined | null): string | undefined {
    if (!text || typeof text === 'string' || text[language.value]) return undefined;
    const found = order[language.value].find(code => text[code]);
    return languages.find(one => one.code === found)?.tag;
}
