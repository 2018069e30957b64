// Numbers, money, quantities and dates as each language writes them; 万 and 亿 in Chinese overviews.
import { has_word, language, tag, t } from './language';
import type { Money, Quantity, Readiness } from './types';

const formats = new Map<string, Intl.NumberFormat>();
function number_format(options: Intl.NumberFormatOptions) {
    const key = tag.value + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(tag.value, options));
    return formats.get(key)!;
}

export const number = (value: number, digits = 6) => number_format({ maximumSignificantDigits: Number.isInteger(value) ? undefined : digits, maximumFractionDigits: Number.isInteger(value) ? 0 : undefined }).format(value);
export const percent = (share: number, digits = 1) => number_format({ style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(share);

/** For overviews: 1.2亿, 12 M; the exact number belongs in the title. */
export const compact = (value: number) => Math.abs(value) < 10_000 ? number(value, 4) : number_format({ notation: 'compact', maximumSignificantDigits: 4 }).format(value);

export const money = (value: Money | undefined | null) => {
    if (!value) return '';
    const part = value.amount.split('.')[1] ?? '', digits = /[1-9]/.test(part) ? part.length : 0; // as many places as the currency has
    return `${number_format({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value.amount as unknown as number)} ${currency(value.currency)}`; // a text is formatted exactly, a number is not
};
export const money_compact = (value: Money | undefined | null) => value ? `${compact(Number(value.amount))} ${currency(value.currency)}` : '';
export function currency(code: string) {
    return language.value === 'zh' ? ({ CNY: '元', USD: '美元', EUR: '欧元', RUB: '卢布', KZT: '坚戈' } as Record<string, string>)[code] ?? code : code;
}

/** The symbol of a unit in the page's language: m³/day, м³/сут; nothing for a plain number, the code itself for a unit without a word. */
export const unit = (code: string | undefined | null) => !code || code === '1' ? '' : measured(code, '', 1)?.trim() ?? code;
function measured(code: string, value: string, count: number) {
    const key = `measure.${code}`;
    return has_word(key) ? t(key, { value }, count) : undefined;
}

/** 24 years, 24 года, 24 年: "a" is no word to anybody. The exact code belongs in the title, see `unit_title`. */
export const with_unit = (value: number, code?: string | null, written = number(value)) =>
    !code || code === '1' ? written : code === '%' ? `${written}${language.value === 'ru' ? '\u00a0' : ''}%` : measured(code, written, value) ?? `${written}\u00a0${code}`;
export const quantity = (value: Quantity | undefined | null) => value ? with_unit(value.value, value.unit) : '';
export const range = (low: number, high: number | undefined | null, code?: string) =>
    high === undefined || high === null || high === low ? with_unit(low, code) : with_unit(high, code, `${number(low)}–${number(high)}`);
export const readiness_max = (scale: string) => scale === 'iea' ? 11 : 9;
export const readiness = (value: Readiness | undefined | null) => value ? t('unit.readiness', { level: value.level, of: readiness_max(value.scale) }) : '';

const date_options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', day: 'numeric' };
export function date(value: string | undefined | null): string {
    if (!value) return '';
    const day = new Date(value.length === 10 ? value + 'T00:00:00' : value);
    if (language.value === 'ru') return new Intl.DateTimeFormat('ru', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(day);
    return new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : tag.value, language.value === 'en' ? { ...date_options, month: 'short' } : date_options).format(day);
}
export const time = (value: string | undefined | null) => !value ? '' :
    `${date(value)} ${new Intl.DateTimeFormat(language.value === 'en' ? 'en-GB' : tag.value, { hour: '2-digit', minute: '2-digit' }).format(new Date(value))}`;

const steps: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60]];
export function ago(value: string | undefined | null): string {
    if (!value) return '';
    const seconds = (new Date(value).getTime() - Date.now()) / 1000;
    if (Math.abs(seconds) > 14 * 86_400) return date(value);
    const [name, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
    return new Intl.RelativeTimeFormat(tag.value, { numeric: 'auto' }).format(Math.round(seconds / size), name);
}
