// Prices as candles with the volume below; the wheel and two fingers zoom. Up is hollow in both themes, so colour is not needed to tell.
import { CandlestickChart, LineChart } from 'echarts/charts';
import { DataZoomInsideComponent } from 'echarts/components';
import type { Candles, Look } from '../chart';
import { use } from '../echarts';
import { average, convergence } from '../indicators';
import { category, grid, legend, tooltip, value, with_unit } from '../parts';
import { table_of } from '../tables';

use([CandlestickChart, LineChart, DataZoomInsideComponent]);
export const height = (chart: Candles) => chart.macd ? 500 : 380;
export function option(chart: Candles, look: Look) {
    const days = chart.rows.map(row => row.at), up = look.colour(1), down = look.colour(6), volumes = chart.rows.some(row => row.volume), { head, rows } = table_of(chart);
    const closes = chart.rows.map(row => row.close), averages = chart.averages ?? [], below = chart.macd && volumes ? 2 : 0, { line, signal, bars } = convergence(below ? closes : []);
    return {
        legend: { ...legend(look, averages.length > 0), left: 72 },
        grid: [grid({ top: 30, bottom: below ? 224 : volumes ? 104 : 8 }), ...(volumes ? [grid({ top: 300, bottom: below ? 124 : 4 })] : []), ...(below ? [grid({ top: 400, bottom: 4 })] : [])],
        tooltip: tooltip(look, chart.unit, { axisPointer: { type: 'cross' }, formatter: (found: { dataIndex: number }[]) => head.map((name, at) => `${name}: ${at ? with_unit(rows[found[0].dataIndex][at] as number) : rows[found[0].dataIndex][0]}`).join('\n') }),
        axisPointer: { link: [{ xAxisIndex: 'all' }] }, dataZoom: [{ type: 'inside', xAxisIndex: below ? [0, 1, 2] : volumes ? [0, 1] : [0] }],
        xAxis: [category(look, days), ...(volumes ? [category(look, days, { gridIndex: 1, axisLabel: { show: false } })] : []), ...(below ? [category(look, days, { gridIndex: 2, axisLabel: { show: false } })] : [])],
        yAxis: [value(look, chart.unit, { scale: true }), ...(volumes ? [value(look, chart.volume_unit, { gridIndex: 1, splitNumber: 2, nameGap: 6 })] : []), ...(below ? [value(look, 'MACD', { gridIndex: 2, splitNumber: 2, nameGap: 6 })] : [])],
        series: [
            { type: 'candlestick', data: chart.rows.map(row => [row.open, row.close, row.low, row.high]), itemStyle: { color: look.surface, color0: down, borderColor: up, borderColor0: down } },
            ...(volumes ? [{ type: 'bar', xAxisIndex: 1, yAxisIndex: 1, data: chart.rows.map(row => row.volume ?? 0), itemStyle: { color: look.line } }] : []),
            ...averages.map((days, at) => ({ type: 'line', name: `MA${days}`, data: average(closes, days), showSymbol: false, lineStyle: { width: 1.2, color: look.colour(2 + at) }, itemStyle: { color: look.colour(2 + at) } })),
            ...(below ? [{ type: 'bar', xAxisIndex: 2, yAxisIndex: 2, data: bars, itemStyle: { color: look.line } }, ...[line, signal].map((data, at) => ({ type: 'line', xAxisIndex: 2, yAxisIndex: 2, data, showSymbol: false, lineStyle: { width: 1, color: look.colour(2 + at) } }))] : []),
        ],
    };
}
