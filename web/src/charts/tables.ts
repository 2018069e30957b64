// The figures of a chart as a table: for reading, for screen readers, for CSV.
import { number } from '@/app/format';
import { t } from '@/app/language';
import type { Chart, Table } from './chart';

export function table_of(chart: Chart): Table {
    const unit = chart.unit ? ` (${chart.unit})` : '';
    switch (chart.kind) {
        case 'bars': case 'lines': return { head: [chart.label_title, ...chart.series.map(one => one.name + unit)], rows: chart.labels.map((label, row) => [label, ...chart.series.map(one => one.values[row] ?? '')]) };
        case 'candles': return { head: [t('chart.day'), t('chart.open') + unit, t('chart.high') + unit, t('chart.low') + unit, t('chart.close') + unit, t('chart.volume') + (chart.volume_unit ? ` (${chart.volume_unit})` : '')], rows: chart.rows.map(row => [row.at, row.open, row.high, row.low, row.close, row.volume ?? '']) };
        case 'sankey': { const title = new Map(chart.nodes.map(node => [node.key, node.title])); return { head: [t('chart.from'), t('chart.to'), t('chart.value') + unit], rows: chart.links.map(link => [title.get(link.from) ?? link.from, title.get(link.to) ?? link.to, link.value]) }; }
        case 'heat_year': return { head: [t('chart.hour'), t('chart.value') + unit], rows: chart.values.map((value, hour) => [new Date(Date.UTC(chart.year, 0, 1, hour)).toISOString().slice(0, 16).replace('T', ' '), value ?? '']) };
        case 'duration': {
            const curves = chart.series.map(one => falling(one.values)), longest = Math.max(...curves.map(one => one.length));
            return { head: [t('chart.share'), ...chart.series.map(one => one.name + unit)], rows: shares(longest).map(share => [`${number(share * 100, 4)} %`, ...curves.map(curve => curve[Math.round(share * (curve.length - 1))] ?? '')]) };
        }
        case 'radar': return { head: ['', ...chart.series.map(one => one.name + unit)], rows: chart.axes.map((axis, row) => [axis.name, ...chart.series.map(one => one.values[row] ?? '')]) };
        case 'steps': return { head: [chart.row_title, `${chart.width_title} (${chart.width_unit})`, chart.height_title + unit], rows: chart.rows.map(row => [row.name, row.width, row.height]) };
        case 'tornado': return { head: [t('chart.input'), t('chart.when_low') + unit, t('chart.when_high') + unit], rows: chart.rows.map(row => [row.name, row.low, row.high]) };
        case 'boxes': return { head: [chart.value_title, t('chart.least') + unit, t('chart.lower_quartile') + unit, t('chart.median') + unit, t('chart.upper_quartile') + unit, t('chart.most') + unit, t('chart.mean') + unit], rows: chart.rows.map(row => [row.name, row.min, row.lower, row.median, row.upper, row.max, row.mean]) };
        case 'intervals': return { head: [chart.value_title, t('chart.low') + unit, t('chart.middle') + unit, t('chart.high') + unit], rows: chart.rows.map(row => [row.name, row.low, row.middle, row.high]) };
    }
}
export const falling = (values: number[]) => [...values].sort((a, b) => b - a);
/** At most 101 places from 0 to 1: a curve of 8760 hours looks the same. */
export const shares = (count: number) => Array.from({ length: Math.min(101, count) }, (_, at, all = Math.min(101, count)) => all > 1 ? at / (all - 1) : 0);
