// What the pages of the room share: tonnes with their interval, and colours of standing.
import { number, percent, with_unit } from '@/app/format';

export const status_colour = (status: string | undefined) => status === 'official' ? 'good' : status === 'unconfirmed' ? 'warn' : 'sample';
/** Whole kilograms as tonnes; exact digits where they matter. */
export const tonnes = (kg: number | undefined | null, digits = 9) => kg === undefined || kg === null ? '' : with_unit(kg / 1000, 'tCO2e', number(kg / 1000, digits));
/** What must not be shown, for a confidential line could be worked out from it, is C, as the protocol writes it. */
export const tonnes_or_c = (kg: number | undefined, digits = 9) => kg === undefined ? 'C' : tonnes(kg, digits);
export const short_tonnes = (kg: number) => number(kg / 1000, 4);
/** How sure; rounded down, for 99.96 % is not everything. */
export const sure = (share: number) => percent(Math.floor(share * 1000) / 1000);
export const light_colour = (light: string) => ({ green: 'good', yellow: 'warn', red: 'bad' } as Record<string, string>)[light] ?? 'info';
export const balance_colour = (kg: number | undefined) => kg === undefined ? '' : kg <= 0 ? 'good' : 'warn';
/** A channel that was silent for more than a twentieth of the year is told apart. */
export const coverage_colour = (percent: number) => percent < 95 ? 'warn' : '';
export const etag = (record: { version: number }) => `"${record.version}"`;
