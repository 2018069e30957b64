// How a value of a rule or criterion is written, whatever its kind, and rules and criteria of any two sides in one form.
import { money, number, quantity } from '@/app/format';
import { choice, has_word, pick, word } from '@/app/language';
import type { MatchValue, Money, Quantity, Text } from '@/app/types';
import type { Judged, Scored } from './types';

export function value_text(value: MatchValue): string {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'number') return number(value);
    if (typeof value === 'string') return has_word(`choice.technology_field.${value}`) ? choice('technology_field', value) : value;
    if ('amount' in value) return money(value as Money);
    if ('unit' in value) return quantity(value as Quantity);
    return pick(value as Text) || '—';
}
export const rule_title = (rule: string) => word(`choice.match_rule.${rule}`);
export const criterion_title = (criterion: string) => word(`choice.match_criterion.${criterion}`);
/** The criteria of needs and technologies in their order, which is that of the contributions of a run. */
export const criteria = ['text', 'classes', 'performance', 'cost', 'readiness', 'evidence', 'place'];

type Values = { sentence: Text | string };
const side = (one: object, name: string) => { const value = (one as Record<string, MatchValue>)[name]; return value === undefined || value === null ? undefined : value_text(value); };
export const judged = <T extends Values & { rule: string; passed: boolean }>(rules: T[], left: string, right: string): Judged[] => rules.map(one => ({ rule: one.rule, passed: one.passed, left: side(one, left), right: side(one, right), sentence: pick(one.sentence) }));
export const scored = <T extends Values & Omit<Scored, 'left' | 'right' | 'sentence'>>(rows: T[], left: string, right: string): Scored[] => rows.map(one => ({ criterion: one.criterion, weight_points: one.weight_points, score_points: one.score_points, contribution_points: one.contribution_points, left: side(one, left), right: side(one, right), sentence: pick(one.sentence) }));

/** The same criterion has the same colour in every bar. */
const colours = new Map<string, number>([...criteria.map((one, index) => [one, index + 1] as const), ...Object.entries({ amount: 1, tenor: 3, collateral: 4, currency: 5, stage: 6, territory: 7, size: 1, contract: 3, cooperation: 4, payment: 5, clarity: 6, language: 3 })]);
export function colour_of(criterion: string) {
    if (!colours.has(criterion)) colours.set(criterion, colours.size % 7 + 1);
    return `var(--series-${colours.get(criterion)})`;
}
