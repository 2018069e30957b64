// A middle value with its range, one row each: ranks with their uncertainty, estimates with their bounds.
import { CustomChart } from 'echarts/charts';
import type { Intervals, Look } from '../chart';
import { use } from '../echarts';
import { category, grid, tooltip, value, with_unit, words } from '../parts';

use([CustomChart]);
type Api = { value: (at: number) => number; coord: (point: number[]) => number[] };
export const height = (chart: Intervals) => Math.max(160, 50 + chart.rows.length * 24);
export function option(chart: Intervals, look: Look) {
    const colour = look.colour(1);
    return {
        grid: grid({ top: 26, right: 20 }), tooltip: tooltip(look, chart.unit, { trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => { const row = chart.rows[dataIndex]; return `${row.name}\n${with_unit(row.middle, chart.unit)} (${with_unit(row.low)}–${with_unit(row.high, chart.unit)})`; } }),
        xAxis: value(look, chart.unit, { scale: true }), yAxis: category(look, chart.rows.map(row => row.name), { inverse: true, axisLabel: { ...words(look), interval: 0, width: Math.min(170, look.width * 0.36), overflow: 'break' } }),
        series: [{
            type: 'custom', encode: { x: [1, 2, 3], y: 0 }, data: chart.rows.map((row, at) => [at, row.low, row.middle, row.high]),
            renderItem: (_: unknown, api: Api) => {
                const [from, y] = api.coord([api.value(1), api.value(0)]), [middle] = api.coord([api.value(2), api.value(0)]), [to] = api.coord([api.value(3), api.value(0)]);
                const line = (x1: number, y1: number, x2: number, y2: number, width: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: width } });
                return { type: 'group', children: [line(from, y, to, y, 2), line(from, y - 5, from, y + 5, 2), line(to, y - 5, to, y + 5, 2), { type: 'circle', shape: { cx: middle, cy: y, r: 5 }, style: { fill: colour, stroke: look.surface, lineWidth: 1.5 } }] };
            },
        }],
    };
}
