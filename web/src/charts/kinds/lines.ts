// Lines over time or another order; each is labelled at its end.
import { LineChart } from 'echarts/charts';
import type { Lines, Look } from '../chart';
import { use } from '../echarts';
import { category, grid, legend, legend_room, letters, lying, lying_room, tooltip, value, words } from '../parts';

use([LineChart]);
export const height = () => 280;
export function option(chart: Lines, look: Look) {
    const ends = chart.series.length <= 4 && look.width >= 480 && chart.series.every(one => letters(one.name) < look.width / 4), several = chart.series.length > 1; // names stand at the ends where there is room
    const room = ends ? 0 : legend_room(look, chart.series.map(one => one.name));
    return {
        grid: grid({ right: ends && several ? Math.max(72, ...chart.series.map(one => 14 + letters(one.name))) : 12, top: room ? room + (chart.unit ? 20 : 6) : chart.unit ? 34 : 14, bottom: chart.titled ? lying_room(chart.label_title) : 4 }), legend: legend(look, several && !ends), tooltip: tooltip(look, chart.unit, { axisPointer: { type: 'line' } }),
        xAxis: category(look, chart.labels, { boundaryGap: false, axisLabel: { ...words(look), hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' }, ...(chart.titled ? { ...lying, name: chart.label_title, nameTextStyle: words(look) } : {}) }), yAxis: value(look, chart.unit, { scale: chart.near }),
        series: chart.series.map((one, index) => ({ name: one.name, type: 'line', data: one.values, stack: chart.stacked ? 'all' : undefined, areaStyle: chart.area || chart.stacked ? { opacity: 0.25 } : undefined, showSymbol: chart.labels.length < 40, sampling: 'lttb', lineStyle: { width: 2 }, itemStyle: { color: look.colour(one.colour ?? index + 1) }, labelLayout: { moveOverlap: 'shiftY' }, endLabel: { show: ends && several, ...words(look), formatter: '{a}' } })),
    };
}
