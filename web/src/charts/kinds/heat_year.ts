// Every hour of a year as one small field: days from left to right, hours from top to bottom. One hue, light to dark: readable without telling colours apart.
import { HeatmapChart } from 'echarts/charts';
import { VisualMapContinuousComponent } from 'echarts/components';
import { date } from '@/app/format';
import type { HeatYear, Look } from '../chart';
import { use } from '../echarts';
import { category, grid, tooltip, with_unit, words } from '../parts';

use([HeatmapChart, VisualMapContinuousComponent]);
const day_of = (chart: HeatYear, day: number) => new Date(Date.UTC(chart.year, 0, 1 + day)).toISOString().slice(0, 10);
export const height = () => 300;
export function option(chart: HeatYear, look: Look) {
    const known = chart.values.filter((one): one is number => one !== null), low = known.reduce((a, b) => Math.min(a, b), Infinity), high = known.reduce((a, b) => Math.max(a, b), -Infinity);
    return {
        grid: grid({ top: 8, bottom: 44 }),
        tooltip: tooltip(look, chart.unit, { trigger: 'item', formatter: ({ data }: { data: [number, number, number] }) => `${date(day_of(chart, data[0]))} ${String(data[1]).padStart(2, '0')}:00\n${with_unit(data[2], chart.unit)}` }),
        xAxis: category(look, Array.from({ length: Math.ceil(chart.values.length / 24) }, (_, day) => day_of(chart, day)), { axisLabel: { ...words(look), formatter: (day: string) => String(Number(day.slice(5, 7))), interval: (_: number, day: string) => day.endsWith('-15') } }),
        yAxis: category(look, Array.from({ length: 24 }, (_, hour) => `${hour}:00`), { inverse: true, axisLabel: { ...words(look), interval: 5 } }),
        visualMap: { type: 'continuous', min: Number.isFinite(low) ? low : 0, max: Number.isFinite(high) ? high : 1, calculable: true, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 160, itemWidth: 12, textStyle: words(look), formatter: (one: number) => with_unit(Math.round(one * 100) / 100, chart.unit), inRange: { color: look.dark ? ['#17211c', '#1f5a43', '#3fa877', '#c9f3dd'] : ['#f1f7f4', '#a9d6c1', '#3b9a73', '#073d29'] } },
        series: [{ type: 'heatmap', progressive: 0, animation: false, data: chart.values.map((one, hour) => [Math.floor(hour / 24), hour % 24, one ?? '-']) }],
    };
}
