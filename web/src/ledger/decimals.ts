// Amounts are texts of decimals and stay texts: grouped and added digit by digit, never as floating-point numbers.
import { tag } from '@/app/language';

/** "-1234567.80" as the page's language groups it. */
export function amount(text: string | undefined | null): string {
    if (!text) return '';
    const negative = text.startsWith('-'), [whole, fraction] = text.replace('-', '').split('.');
    const parts = new Intl.NumberFormat(tag.value, { useGrouping: true }).formatToParts(1234567.8);
    const group = parts.find(part => part.type === 'group')?.value ?? ',', point = parts.find(part => part.type === 'decimal')?.value ?? '.';
    return (negative ? '−' : '') + whole.replace(/\B(?=(\d{3})+$)/g, group) + (fraction ? point + fraction : '');
}
export const is_zero = (text: string | undefined | null) => !text || /^-?0*\.?0*$/.test(text);
export const is_negative = (text: string | undefined | null) => Boolean(text?.startsWith('-')) && !is_zero(text);

/** The day now, UTC, as the ledger counts days. */
export const today = () => new Date().toISOString().slice(0, 10);
