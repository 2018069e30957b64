// Small readings that the pages of the room share: colours of severities, flows of a site, measured beside planned.
import { number, with_unit } from '@/app/format';
import { choice, label, pick, t } from '@/app/language';
import { colour_of, type Chart } from '@/charts/chart';
import type { Comparison, Live, LiveValue, LoadAmounts, Step } from './types';

export const severity_tone = (severity: string | undefined) => ({ emergency: 'bad', critical: 'bad', warning: 'warn', information: 'info' } as Record<string, string>)[severity ?? ''] ?? 'good';
export const alarm_way = ['raised', 'acknowledged', 'cleared'];
export const command_way = ['proposed', 'queued', 'sent', 'confirmed'];
export const shown = (one: { value?: number; unit: string; decimals?: number }) => one.value === undefined ? '—' : with_unit(one.value, one.unit, number(Number(one.value.toFixed(one.decimals ?? 2))));

const sources: [string, string][] = [['pv_power', 'solar'], ['wind_power', 'wind'], ['diesel_power', 'diesel'], ['grid_power', 'grid'], ['battery_power', 'battery']];
/** What flows now between sources, battery and load, in kW; nothing where the site has no load. */
export function flows(values: LiveValue[]): Chart | undefined {
    const of = (key: string) => values.filter(one => one.key === key && one.value !== undefined && one.unit === 'kW').reduce<number | undefined>((sum, one) => (sum ?? 0) + one.value!, undefined);
    const load = of('load_power');
    if (load === undefined) return undefined;
    const nodes = [{ key: 'site', title: t('watch.site_bus'), colour: 1 }], links: { from: string; to: string; value: number }[] = [];
    for (const [key, thing] of sources) {
        const power = of(key);
        if (!power || Math.abs(power) < 0.05) continue;
        nodes.push({ key, title: t(`watch.${thing}`), colour: colour_of(thing) });
        links.push(power > 0 ? { from: key, to: 'site', value: power } : { from: 'site', to: key, value: -power });
    }
    for (const [key, title] of [['load_power', 'watch.load'], ['curtailed_power', 'watch.curtailed']]) {
        const power = of(key);
        if (!power || power < 0.05) continue;
        nodes.push({ key, title: t(title), colour: key === 'load_power' ? 1 : 7 });
        links.push({ from: 'site', to: key, value: power });
    }
    return { kind: 'sankey', nodes, links, unit: 'kW' };
}

/** A chart for each channel with a plan; the places are the site's own hours or days. */
export function against_plan(steps: Step[], names: { key: string; name: Live['site']['name']; unit: string }[], offset_minutes: number, day: boolean): { key: string; title: string; chart: Chart }[] {
    const local = (at: string) => new Date(new Date(at).getTime() + offset_minutes * 60_000);
    return [...new Set(steps.map(one => one.key))].map(key => {
        const rows = steps.filter(one => one.key === key), name = names.find(one => one.key === key);
        const labels = rows.map(one => day ? `${String(local(one.at).getUTCHours()).padStart(2, '0')}:00` : String(local(one.at).getUTCDate()));
        const values = (field: 'measured' | 'planned') => rows.map(one => one[field] === undefined ? NaN : Math.round(one[field]! * 100) / 100);
        return { key, title: pick(name?.name) || key, chart: { kind: 'lines', labels, label_title: t(day ? 'watch.hour' : 'watch.day'), unit: name?.unit, series: [{ name: t('watch.measured'), values: values('measured'), colour: 1 }, { name: t('watch.planned'), values: values('planned'), colour: 7 }] } };
    });
}
/** Hours or days of a period by the site's own clocks. */
const step_label = (at: string, from: string, day: boolean) => day ? `${String(Math.round((Date.parse(at) - Date.parse(from)) / 3_600_000)).padStart(2, '0')}:00` : String(Math.round((Date.parse(at) - Date.parse(from)) / 86_400_000) + 1);
const rounded = (value: number | undefined) => value === undefined ? NaN : Math.round(value * 100) / 100;

/** A channel beside the year before and its class, where there are such. */
export function compared(one: Comparison): Chart {
    const day = one.period === 'day', row = (field: 'value' | 'year_before' | 'class_mean') => one.steps.map(step => rounded(step[field]));
    return { kind: 'lines', labels: one.steps.map(step => step_label(step.at, one.from, day)), label_title: t(day ? 'watch.hour' : 'watch.day'), unit: one.unit, series: [
        { name: label('channel_comparison', 'value'), values: row('value'), colour: 1 }, ...(one.year_before === undefined ? [] : [{ name: label('channel_comparison', 'year_before'), values: row('year_before'), colour: 7 }]),
        ...(one.class_mean === undefined ? [] : [{ name: label('channel_comparison', 'class_mean'), values: row('class_mean'), colour: 5 }]) ] };
}
/** A load by purposes, hour by hour or day by day, one upon the other. */
export function purposes(one: LoadAmounts): Chart {
    const day = one.period === 'day';
    return { kind: 'bars', stacked: true, labels: one.steps.map(step => step_label(step.at, one.from, day)), label_title: t(day ? 'watch.hour' : 'watch.day'), unit: one.unit, series: one.parts.map((part, i) => ({ name: pick(part.name), values: one.steps.map(step => rounded(step.amounts[i])), colour: i % 7 + 1 })) };
}
export const severity_word = (severity: string | undefined) => severity ? choice('alarm_severity', severity) : t('watch.all_well');
