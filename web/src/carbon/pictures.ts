// A footprint's parts as charts.
import { number } from '@/app/format';
import { t } from '@/app/language';
import type { Bars, Sankey } from '@/charts/chart';
import type { Footprint, Part } from './types';

const stages = ['raw_materials', 'production', 'distribution', 'use', 'end_of_life'];
/** The largest first; a share is shown in percent. */
export const bars_of = (parts: Part[], unit = 'kgCO2e', times = 1): Bars => ({ kind: 'bars', horizontal: true, labels: parts.slice(0, 15).map(one => one.name), series: [{ name: unit, values: parts.slice(0, 15).map(one => one.amount * times) }], label_title: t('carbon.part_name'), unit });
/** Suppliers to the product; loops cannot be drawn, so what goes back is left out. */
export function sankey_of(footprint: Footprint): Sankey {
    const next = new Map<string, string[]>(), links: Sankey['links'] = [];
    const leads = (from: string, to: string, seen = new Set<string>()): boolean => from === to || (!seen.has(from) && (seen.add(from), (next.get(from) ?? []).some(one => leads(one, to, seen))));
    for (const flow of footprint.flows) {
        if (!(flow.amount > 0) || leads(flow.to, flow.from)) continue;
        next.set(flow.from, [...(next.get(flow.from) ?? []), flow.to]);
        links.push({ from: flow.from, to: flow.to, value: flow.amount });
    }
    const used = new Set(links.flatMap(one => [one.from, one.to]));
    return { kind: 'sankey', nodes: footprint.points.filter(one => used.has(one.name)).map(one => ({ key: one.name, title: one.name, colour: stages.indexOf(one.stage ?? 'production') + 1 })), links, unit: 'kgCO2e' };
}
export const histogram_of = (footprint: Footprint): Bars => counts_of(footprint.histogram);
/** The least, the greatest, then how many lie in each even part between them. */
export function counts_of([least, greatest, ...counts]: number[]): Bars {
    const width = (greatest - least) / counts.length;
    return { kind: 'bars', labels: counts.map((_, at) => number(least + width * (at + 0.5), 3)), series: [{ name: t('carbon.draws'), values: counts }], label_title: 'kgCO2e' };
}
