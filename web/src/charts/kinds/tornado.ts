// Which input moves the result most: bars to both sides of the base case, the widest on top.
import type { Look, Tornado } from '../chart';
import { compact } from '@/app/format';
import { t } from '@/app/language';
import { category, grid, legend, lying, lying_room, tooltip, value, with_unit, words } from '../parts';

export const height = (chart: Tornado) => Math.max(180, 70 + chart.rows.length * 30);
export function option(chart: Tornado, look: Look) {
    const rows = [...chart.rows].sort((a, b) => Math.abs(b.high - b.low) - Math.abs(a.high - a.low)), { base, unit } = chart;
    const side = (name: string, key: 'low' | 'high', colour: number) => ({
        name, type: 'bar', stack: 'all', barMaxWidth: 18, itemStyle: { color: look.colour(colour) }, data: rows.map(row => row[key] - base),
        label: { show: true, ...words(look, 11), position: 'outside', formatter: ({ dataIndex }: { dataIndex: number }) => rows[dataIndex][`${key}_note`] ?? '' },
    });
    return {
        grid: grid({ top: 34, right: 36, bottom: lying_room(unit) }), legend: legend(look), tooltip: tooltip(look, unit, { formatter: (found: { dataIndex: number }[]) => { const row = rows[found[0].dataIndex]; return `${row.name}\n${t('chart.when_low')}: ${with_unit(row.low, unit)}\n${t('chart.when_high')}: ${with_unit(row.high, unit)}\n${chart.base_title}: ${with_unit(base, unit)}`; } }),
        xAxis: value(look, unit, { ...lying, axisLabel: { ...words(look), formatter: (one: number) => compact(one + base), hideOverlap: true } }), yAxis: category(look, rows.map(row => row.name), { inverse: true, axisLabel: { ...words(look), interval: 0, width: Math.min(170, look.width * 0.36), overflow: 'break' } }),
        series: [side(t('chart.when_low'), 'low', 3), side(t('chart.when_high'), 'high', 2)],
    };
}
