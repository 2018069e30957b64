// A marginal abatement curve: a block for each measure, as wide as what it cuts and as high as what its tonne costs, the cheapest first.
import { CustomChart } from 'echarts/charts';
import type { Look, Steps } from '../chart';
import { use } from '../echarts';
import { grid, lying, tooltip, value, with_unit, words } from '../parts';

use([CustomChart]);
type Api = { value: (at: number) => number; coord: (point: [number, number]) => [number, number] };
export const height = () => 320;
export function option(chart: Steps, look: Look) {
    let at = 0;
    const rows = chart.rows.map((row, index) => { const from = at; at += row.width; return { ...row, index, from, until: at }; });
    const colour = (row: { height: number }) => look.colour(row.height < 0 ? 1 : 3);
    return {
        grid: grid({ top: 34, right: 20, bottom: 24 }),
        tooltip: tooltip(look, chart.unit, { trigger: 'item', formatter: ({ dataIndex }: { dataIndex: number }) => { const row = rows[dataIndex]; return `${row.name}\n${chart.height_title}: ${with_unit(row.height, chart.unit)}\n${chart.width_title}: ${with_unit(row.width, chart.width_unit)}`; } }),
        xAxis: value(look, `${chart.width_title}, ${chart.width_unit}`, { ...lying, min: 0, max: at, splitLine: { show: false } }), yAxis: value(look, chart.unit),
        series: [{
            type: 'custom', data: rows.map(row => ({ name: row.name, value: [row.from, row.until, row.height], itemStyle: { color: colour(row) } })), encode: { x: [0, 1], y: 2 }, clip: true,
            renderItem: (params: { dataIndex: number }, api: Api) => {
                const row = rows[params.dataIndex], [left, zero] = api.coord([row.from, 0]), [right, top] = api.coord([row.until, row.height]);
                const wide = Math.max(1, right - left - 1), high = Math.max(2, Math.abs(top - zero));
                const letter = /[\u2e80-\uffff]/.test(row.name) ? 12 : 7, room = Math.floor((wide - 8) / letter), name = [...row.name];
                const short = room < 4 ? '' : name.length > room ? `${name.slice(0, room - 1).join('')}…` : row.name;
                return { type: 'group', children: [
                    { type: 'rect', shape: { x: left, y: Math.min(top, zero), width: wide, height: high }, style: { fill: colour(row), opacity: 0.85 } },
                    { type: 'text', style: { ...words(look, 11), text: short, x: left + 4, y: row.height < 0 ? zero - 16 : Math.min(top, zero) - 16, fill: look.text } },
                ] };
            },
        }],
    };
}
