// Lines over time or another order; each is labelled at its end.
import { LineChart } from 'echarts/charts';
import type { Lines, Look } from '../chart';
import { use } from '../echarts';
import { category, grid, legend, tooltip, value, words } from '../parts';

use([LineChart]);
export const height = () => 280;
export function option(chart: Lines, look: Look) {
    return {
        grid: grid({ right: 64, top: chart.unit || chart.series.length > 4 ? 34 : 14 }), legend: { ...legend(look, chart.series.length > 4), left: chart.unit ? 64 : 0 }, tooltip: tooltip(look, chart.unit, { axisPointer: { type: 'line' } }),
        xAxis: category(look, chart.labels, { boundaryGap: false }), yAxis: value(look, chart.unit),
        series: chart.series.map((one, index) => ({ name: one.name, type: 'line', data: one.values, stack: chart.stacked ? 'all' : undefined, areaStyle: chart.area || chart.stacked ? { opacity: 0.25 } : undefined, showSymbol: chart.labels.length < 40, sampling: 'lttb', lineStyle: { width: 2 }, itemStyle: { color: look.colour(one.colour ?? index + 1) }, endLabel: { show: chart.series.length <= 4 && chart.series.length > 1, ...words(look), formatter: '{a}' } })),
    };
}
