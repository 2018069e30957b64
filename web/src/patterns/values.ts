// How a value of a described field reads in one line: names instead of codes, units, the page's language.
import { date, money, number, quantity, readiness, time, with_unit } from '@/app/format';
import { choice, has_word, in_a_row, language, pick, spoken, t } from '@/app/language';
import { name_of } from '@/app/record_names';
import { describe, type FieldDescription } from '@/app/records';
import { reference_name, type Vocabulary } from '@/app/references';
import type { Money, Quantity, Readiness, Text } from '@/app/types';
import { vocabulary_of } from './form';

export type Plain = Record<string, unknown>;
export const is_plain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
export const is_empty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && !value.length) || (is_plain(value) && Object.values(value).every(is_empty));

/** Records that have a shorter form than the list of their fields. */
const writers: Record<string, (value: Plain) => string> = {
    readiness: value => readiness(value as unknown as Readiness),
    keywords: value => in_a_row((value[language.value] ?? value.en ?? value.zh ?? value.ru ?? []) as string[]),
    figure: value => `${reference_name('indicators', String(value.indicator ?? ''))}: ${with_unit(Number(value.low), String(value.unit ?? ''))}${value.high !== undefined && value.high !== value.low ? ` – ${with_unit(Number(value.high), String(value.unit ?? ''))}` : ''}`,
    requirement: value => `${reference_name('indicators', String(value.indicator ?? ''))} ${value.comparison === 'at_least' ? '≥' : '≤'} ${with_unit(Number(value.value), String(value.unit ?? ''))}`,
};
export const has_writer = (record: string | undefined) => Boolean(record && writers[record]);

/** What kind of thing a value is when no description says so. */
function guessed(value: unknown): string {
    if (typeof value === 'number') return number(value);
    if (typeof value === 'boolean') return value ? t('value.yes') : t('value.no');
    if (Array.isArray(value)) return in_a_row(value.map(guessed).filter(Boolean));
    if (is_plain(value)) {
        if ('amount' in value && 'currency' in value) return money(value as Money);
        if ('value' in value && 'unit' in value && Object.keys(value).length === 2) return quantity(value as Quantity);
        if (Object.keys(value).every(name => ['zh', 'en', 'ru'].includes(name))) return pick(value as Text);
        return Object.values(value).map(guessed).filter(Boolean).join(' · ');
    }
    const text = String(value ?? '');
    return /^\d{4}-\d\d-\d\dT\d\d:/.test(text) ? time(text) : /^\d{4}-\d\d-\d\d$/.test(text) ? date(text) : spoken(text);
}

export const vocabulary_for = (field: FieldDescription): Vocabulary | undefined => (field.vocabulary as Vocabulary | undefined) ?? vocabulary_of(field.name);

/** One line of text for a value; empty for nothing. */
export function written(value: unknown, field?: FieldDescription): string {
    if (is_empty(value)) return '';
    if (!field) return guessed(value);
    switch (field.kind) {
        case 'boolean': return value ? t('value.yes') : t('value.no');
        case 'integer': case 'real': return typeof value === 'number' ? with_unit(value, field.unit) : String(value);
        case 'choice': return choice(field.choice ?? field.name, String(value));
        case 'date': return date(String(value));
        case 'time': return time(String(value));
        case 'money': return money(value as Money);
        case 'quantity': return quantity(value as Quantity);
        case 'localized': return pick(value as Text);
        case 'id': return pick(name_of(String(value))) || String(value);
        case 'list': return (Array.isArray(value) ? value : [value]).map(one => written(one, field.item && { ...field.item, name: field.item.name || field.name, vocabulary: field.vocabulary })).filter(Boolean).join(field.item?.kind === 'record' ? '; ' : ', ');
        case 'record': {
            if (!is_plain(value)) return String(value);
            if (has_writer(field.record)) return writers[field.record!](value);
            return describe(field.record ?? '').map(part => written(value[part.name], part)).filter(Boolean).join(' · ') || guessed(value);
        }
        default: {
            const vocabulary = vocabulary_for(field), text = String(value);
            if (vocabulary) return reference_name(vocabulary, text);
            return has_word(`choice.${field.name}.${text}`) ? choice(field.name, text) : spoken(text);
        }
    }
}
