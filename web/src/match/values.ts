// How a value of a rule or criterion is written, whatever its kind.
import { money, number, quantity } from '@/app/format';
import { choice, has_word, pick, word } from '@/app/language';
import type { MatchValue, Money, Quantity, Text } from '@/app/types';

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
/** The same criterion has the same colour in every bar. */
const colours = new Map<string, number>();
export function colour_of(criterion: string) {
    if (!colours.has(criterion)) colours.set(criterion, colours.size % 7 + 1);
    return `var(--series-${colours.get(criterion)})`;
}
