// The three languages: words loaded on demand, plural rules, the right text of a localized value, names of choices.
import { computed, ref, shallowRef, watch } from 'vue';
import { createI18n } from 'vue-i18n';
import { local_sentence, wire_language } from './api';
import type { Language, Text } from './types';

export const languages: { code: Language; tag: string; name: string }[] = [
    { code: 'zh', tag: 'zh-CN', name: '中文' }, { code: 'en', tag: 'en', name: 'English' }, { code: 'ru', tag: 'ru', name: 'Русский' },
];
const storage = 'greenbank.language';

const loaders: Record<Language, () => Promise<{ default: Record<string, string> }>> = {
    zh: () => import('virtual:words/zh'), en: () => import('virtual:words/en'), ru: () => import('virtual:words/ru'),
};
const element_loaders: Record<Language, () => Promise<{ default: unknown }>> = {
    zh: () => import('element-plus/es/locale/lang/zh-cn'), en: () => import('element-plus/es/locale/lang/en'), ru: () => import('element-plus/es/locale/lang/ru'),
};

/** one | few | many; a fraction takes the form of few: 2,5 года */
const russian_form = (count: number) => {
    if (!Number.isInteger(count)) return 1;
    const tens = Math.abs(count) % 100, ones = tens % 10;
    if (ones === 1 && tens !== 11) return 0;
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
};

export const i18n = createI18n({
    legacy: false, locale: 'zh', fallbackLocale: false as unknown as string, messages: {} as Record<string, Record<string, string>>,
    pluralRules: { en: (count: number, forms: number) => forms < 2 || count === 1 ? 0 : 1, ru: (count: number, forms: number) => Math.min(russian_form(count), forms - 1) },
    messageResolver: (words, key) => (words as Record<string, string>)[key] ?? null,
    missingWarn: false, fallbackWarn: false, warnHtmlMessage: false,
});

export const language = ref<Language>('zh');
export const tag = computed(() => languages.find(one => one.code === language.value)!.tag);
export const element_locale = shallowRef<any>();

export const t = i18n.global.t as unknown as (key: string, values?: Record<string, unknown> | number, plural?: number) => string;
const loaded = shallowRef<Record<string, string>>({});
export const has_word = (key: string) => key in loaded.value;

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

export async function set_language(code: Language, keep = true) {
    const [words, element] = await Promise.all([loaders[code](), element_loaders[code]()]);
    i18n.global.setLocaleMessage(code, words.default);
    loaded.value = words.default;
    element_locale.value = element.default;
    language.value = code;
    i18n.global.locale.value = code;
    wire_language.value = tag.value;
    document.documentElement.lang = tag.value;
    if (keep) try { localStorage.setItem(storage, code); } catch { /* private mode */ }
}
watch(language, () => { local_sentence.of = code => t(`problem.${code}`); });
local_sentence.of = code => t(`problem.${code}`);

/** A word if there is one, else a readable form of its key. */
export const word = (key: string, fallback?: string) => has_word(key) ? t(key) : fallback ?? humanised(key.split('.').pop() ?? key);
const humanised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** Names of enums on the wire (x-choice) that pages use outside of forms. */
export const enums = {
    field: 'technology_field', state: 'state', scale: 'readiness_scale', kind: 'record_kind', role: 'role', organisation_kind: 'organisation_kind',
    capital_kind: 'capital_kind', evidence: 'evidence_kind', status: 'figure_status', cooperation: 'cooperation', stage: 'stage', collateral: 'collateral',
    comparison: 'comparison', job_state: 'job_state', outcome: 'outcome', rule: 'match_rule', criterion: 'match_criterion', trait: 'trait',
} as const;
export const choice = (enumeration: keyof typeof enums | string, value: string | undefined | null) => !value ? '' :
    word(`choice.${(enums as Record<string, string>)[enumeration] ?? enumeration}.${value}`);

/** The label of a field; fields shared by many records need one row only. */
export const label = (record: string, field: string) => has_word(`field.${record}.${field}`) ? t(`field.${record}.${field}`) : word(`field.${field}`);

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
