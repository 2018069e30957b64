// What several pages of planning say in the same way.
import { get } from '@/app/api';
import { number, with_unit } from '@/app/format';
import { choice, known_name, pick, word } from '@/app/language';
import type { Page, Text } from '@/app/types';
import { colour_of } from '@/charts/chart';
import type { Column, EnergyPlan, Result, Shortfall } from './types';

export const outcome_tone = (outcome: string | undefined) => ({ optimal: 'good', best_so_far: 'warn', infeasible: 'bad', unbounded: 'bad', stopped: 'bad' } as Record<string, string>)[outcome ?? ''] ?? 'info';
export const amount = (money: { amount: string }) => Number(money.amount);
/** Sums of one currency, counted in the smallest unit. */
export const added = (list: { amount: string; currency: string }[]) => { const minor = list.reduce((sum, one) => sum + BigInt(one.amount.replace('.', '')), 0n), places = list[0]?.amount.split('.')[1]?.length ?? 0; const digits = (minor < 0n ? -minor : minor).toString().padStart(places + 1, '0'); return { amount: `${minor < 0n ? '-' : ''}${places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits}`, currency: list[0]?.currency ?? 'CNY' }; };
export const part_colour = (column: Pick<Column, 'role' | 'kind'>) => column.role === 'source' ? colour_of(column.kind, 5) : column.role === 'demand' ? colour_of('load') : colour_of('battery');
/** A part and what of it is sized: PV, but Battery · storage, power. */
export const size_name = (part: string, role: string) => role === 'source' ? known_name(part) : `${known_name(part)} · ${word(`planning.role.${role}`)}`;
export const column_name = (one: Column) => one.role === 'source' || one.role === 'demand' ? known_name(one.part) : `${known_name(one.part)} · ${choice('plan_column_role', one.role)}`;
/** What a site calls its channels, by their keys. */
export const channel_names = async (site: string, signal?: AbortSignal) => new Map((await get<Page<{ key: string; name: Text }>>('/channels', { site, limit: 100 }, signal)).items.map(one => [one.key, pick(one.name)]));
export const size_text = (result: Result, part: string, role: string) => { const one = result.sizes?.find(size => size.part === part && size.role === role); return one ? with_unit(one.size, one.unit, number(Math.round(one.size * 1000) / 1000)) : ''; };
export const shortfall_text = (one: Shortfall) => [choice('plan_requirement', one.requirement) + (one.part ? ` · ${known_name(one.part)}` : ''), one.requirement === 'demand' && !one.unit ? '' : with_unit(one.amount, one.unit || undefined, number(one.amount, 4))].filter(Boolean).join(': ');
/** CNY for each tonne less, from one plan to the next. */
export const abatement = (before: EnergyPlan, after: EnergyPlan) => before.result && after.result && Math.abs(before.result.carbon - after.result.carbon) > 1e-6 ? (amount(after.result.cost) - amount(before.result.cost)) / (before.result.carbon - after.result.carbon) : undefined;
