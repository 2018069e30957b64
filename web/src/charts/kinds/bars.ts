// Bars, lying or standing, beside each other or stacked; labels at the bars where there is room.
import { compact } from '@/app/format';
import type { Bars, Look } from '../chart';
import { category, grid, legend, legend_room, lying, lying_room, tooltip, value, words } from '../parts';

export const height = (chart: Bars) => chart.horizontal ? Math.max(180, 64 + chart.labels.length * (chart.stacked ? 30 : 12 + 15 * chart.series.length)) : 260;
export function option(chart: Bars, look: Look) {
    const { horizontal, stacked, series, unit } = chart;
    const names = category(look, chart.labels, { inverse: horizontal, axisLabel: { ...words(look), interval: horizontal ? 0 : 'auto', width: horizontal ? Math.min(150, look.width * 0.36) : undefined, overflow: 'break' } });
    const values = value(look, unit, { minInterval: unit ? undefined : 1, ...(horizontal ? lying : {}) });
    return {
        grid: grid({ right: horizontal ? 36 : 8, bottom: horizontal ? lying_room(unit) : 4, top: (legend_room(look, series.map(one => one.name)) || 12) + (horizontal ? 0 : unit ? 18 : 10) }),
        legend: legend(look, series.length > 1), tooltip: tooltip(look, unit), xAxis: horizontal ? values : names, yAxis: horizontal ? names : values,
        series: series.map((one, index) => ({
            name: one.name, type: 'bar', data: one.values, stack: stacked ? 'all' : undefined, barMaxWidth: horizontal ? 14 : 26, barGap: '15%',
            itemStyle: { color: look.colour(one.colour ?? index + 1), borderRadius: stacked ? 0 : horizontal ? [0, 3, 3, 0] : [3, 3, 0, 0] },
            label: { show: !stacked, position: horizontal ? 'right' : 'top', ...words(look, 11), formatter: ({ value }: { value: number }) => value ? compact(value) : '' },
        })),
    };
}
