// What several pages of projects say in the same way.
import { money } from '@/app/format';
import type { Money } from '@/app/types';

const tones: Record<string, string> = { preparing: '', building: 'info', running: 'good', finished: 'accent', stopped: 'bad', planned: '', submitted: 'warn', returned: 'bad', accepted: 'good' };
export const progress_tone = (progress: string) => tones[progress] ?? '';
export const stages = ['research', 'pilot', 'demonstration', 'industrial'];
export const proof_kinds = ['permit', 'contract', 'invoice', 'delivery_note', 'photograph', 'test_report', 'supervision_report', 'acceptance_certificate', 'measured_data', 'other'];

/** Sums of one currency stay exact: counted in the smallest unit. */
export function sum(amounts: Money[]): Money | undefined {
    if (!amounts.length) return undefined;
    const places = amounts[0].amount.split('.')[1]?.length ?? 0;
    const total = amounts.reduce((all, one) => all + BigInt(one.amount.replace('.', '')), 0n).toString().replace('-', ''), negative = amounts.reduce((all, one) => all + BigInt(one.amount.replace('.', '')), 0n) < 0n;
    const digits = total.padStart(places + 1, '0');
    return { amount: `${negative ? '-' : ''}${places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits}`, currency: amounts[0].currency };
}
export const sum_text = (amounts: Money[]) => money(sum(amounts));
