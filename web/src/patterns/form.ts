// What form fields share: the problems of a body by field, and which vocabulary a text field takes its codes from.
import { inject, provide, type InjectionKey, type Ref } from 'vue';
import type { Vocabulary } from '@/app/references';
import type { Problem } from '@/app/types';

const key: InjectionKey<Ref<Problem[]>> = Symbol('problems');
export const provide_problems = (problems: Ref<Problem[]>) => provide(key, problems);
export const use_problems = () => inject(key)!;

/** "requirements[0].value" and "requirements/0/value" are the same place. */
export const path_of = (field: string) => field.replace(/^\/|^need\./, '').replace(/\[(\d+)\]/g, '.$1').replaceAll('/', '.');
export const problem_at = (problems: Problem[], path: string, deep = false) =>
    problems.filter(problem => { const at = path_of(problem.field ?? ''); return at === path || (deep && at.startsWith(path + '.')); }).map(problem => problem.detail).join(' ');
/** The id of a field's element, for links from the list of problems. */
export const element_id = (path: string) => 'field-' + path.replaceAll('.', '-');

const vocabularies: Record<string, Vocabulary> = {
    classes: 'classes', traits: 'traits', required_traits: 'traits', excluded_traits: 'traits', territories: 'countries', countries: 'countries', country: 'countries', origin: 'countries',
    indicator: 'indicators', unit: 'units', capital_cost_per: 'units', operating_cost_per: 'units',
};
export const vocabulary_of = (name: string) => vocabularies[name];
export const long_text = new Set(['summary', 'description', 'conditions', 'about']);
export const currencies = ['CNY', 'USD', 'EUR', 'RUB', 'KZT', 'HKD', 'SGD', 'AED', 'UZS', 'VND'];

type Plain = Record<string, unknown>;
const is_plain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A JSON merge patch from one content to another: what was taken out becomes null, a list empty, a text null in each language. */
export function merge_patch(before: Plain, after: Plain, optional: (name: string) => boolean = () => true): Plain {
    const patch: Plain = {};
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const old = before[name], now = after[name];
        if (JSON.stringify(without_empty(old)) === JSON.stringify(without_empty(now))) continue;
        if (now === undefined) patch[name] = Array.isArray(old) ? [] : is_plain(old) && !optional(name) ? merge_patch(old, {}) : null;
        else patch[name] = is_plain(now) && is_plain(old) ? merge_patch(old, now) : now;
    }
    return patch;
}

/** Empty strings, lists and objects are left out of a body: absent is absent. */
export function without_empty(value: unknown): unknown {
    if (Array.isArray(value)) { const list = value.map(without_empty).filter(one => one !== undefined); return list.length ? list : undefined; }
    if (value && typeof value === 'object') {
        const entries = Object.entries(value).map(([name, part]) => [name, without_empty(part)] as const).filter(([, part]) => part !== undefined);
        return entries.length ? Object.fromEntries(entries) : undefined;
    }
    return value === '' || value === null ? undefined : value;
}
