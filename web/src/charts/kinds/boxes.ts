// Scores of many in one row each: box and whiskers, the mean as a dot, each score as a small ring; a line for what is enough.
import { CustomChart } from 'echarts/charts';
import { MarkLineComponent } from 'echarts/components';
import type { Boxes, Look } from '../chart';
import { use } from '../echarts';
import { category, grid, tooltip, value, with_unit, words } from '../parts';

use([CustomChart, MarkLineComponent]);
type Api = { value: (at: number) => number; coord: (point: number[]) => number[] };
export const height = (chart: Boxes) => Math.max(170, 60 + chart.rows.length * 38);
export function option(chart: Boxes, look: Look) {
    const colour = look.colour(1), dot = look.colour(2);
    return {
        grid: grid({ top: 30, right: 20 }),
        tooltip: tooltip(look, chart.unit, { trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => { const row = chart.rows[dataIndex]; return `${row.name}\n${with_unit(row.mean, chart.unit)} (${with_unit(row.min)}–${with_unit(row.max, chart.unit)})`; } }),
        xAxis: value(look, chart.unit, { scale: true }), yAxis: category(look, chart.rows.map(row => row.name), { inverse: true, axisLabel: { ...words(look), interval: 0, width: Math.min(170, look.width * 0.36), overflow: 'break' } }),
        series: [{
            type: 'custom', encode: { x: [1, 2, 3, 4, 5], y: 0 }, data: chart.rows.map((row, at) => [at, row.min, row.lower, row.median, row.upper, row.max, row.mean]),
            markLine: chart.line === undefined ? undefined : { silent: true, symbol: 'none', lineStyle: { color: look.muted, type: 'dashed' }, label: { show: false }, data: [{ xAxis: chart.line }] },
            renderItem: (_: unknown, api: Api) => {
                const row = chart.rows[api.value(0)], place = (at: number) => api.coord([at, api.value(0)]), y = place(row.min)[1];
                const [min, lower, median, upper, max, mean] = [1, 2, 3, 4, 5, 6].map(at => place(api.value(at))[0]);
                const line = (x1: number, y1: number, x2: number, y2: number, width: number) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: width } });
                return { type: 'group', children: [
                    line(min, y, lower, y, 1.5), line(upper, y, max, y, 1.5), line(min, y - 5, min, y + 5, 1.5), line(max, y - 5, max, y + 5, 1.5),
                    { type: 'rect', shape: { x: lower, y: y - 9, width: Math.max(1, upper - lower), height: 18 }, style: { fill: look.surface, stroke: colour, lineWidth: 1.5 } }, line(median, y - 9, median, y + 9, 2.5),
                    ...(row.points ?? []).map(one => ({ type: 'circle', shape: { cx: place(one)[0], cy: y, r: 3 }, style: { fill: 'none', stroke: look.muted, lineWidth: 1 } })),
                    { type: 'circle', shape: { cx: mean, cy: y, r: 4.5 }, style: { fill: dot, stroke: look.surface, lineWidth: 1.5 } },
                ] };
            },
        }],
    };
}
