// The explorer's picture by ECharts: a line a channel, the band from least to greatest behind it, an axis for each unit.
import { LineChart } from 'echarts/charts';
import { init, use } from '@/charts/echarts';
import { number, unit } from '@/app/format';
import { pick } from '@/app/language';
import type { Channel } from '../sites/types';
import type { Window } from './window';

use([LineChart]);

export type Drawn = { channel: Channel; line: number[][]; band?: number[][] };
const charts = new WeakMap<HTMLElement, any>();

export async function draw(box: HTMLElement, drawn: Drawn[], window: Window, dark: boolean) {
    const chart = charts.get(box) ?? init(box);
    charts.set(box, chart);
    const css = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const text = css('--muted'), line = css('--line'), units = [...new Set(drawn.map(one => one.channel.unit))];
    const colour = (index: number) => css(`--series-${index % 7 + 1}`);
    const series = drawn.flatMap((one, index) => {
        const axis = Math.min(1, units.indexOf(one.channel.unit)), common = { type: 'line', yAxisIndex: axis, showSymbol: false, animation: false, silent: true, itemStyle: { color: colour(index) } };
        const band = one.band && drawn.length <= 3 ? [
            { ...common, name: `low${index}`, stack: `band${index}`, stackStrategy: 'all', data: one.band.map(([at, low]) => [at, low]), lineStyle: { opacity: 0 }, tooltip: { show: false } },
            { ...common, name: `high${index}`, stack: `band${index}`, stackStrategy: 'all', data: one.band.map(([at, low, high]) => [at, high - low]), lineStyle: { opacity: 0 }, areaStyle: { opacity: dark ? 0.28 : 0.18 }, tooltip: { show: false } }] : [];
        return [...band, { ...common, silent: false, name: pick(one.channel.name), data: one.line, connectNulls: false, step: one.channel.quantity === 'state' ? 'end' : false, showSymbol: !one.band && one.line.length < 200, symbolSize: 5, lineStyle: { width: 1.6 } }];
    });
    chart.setOption({
        animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        grid: { left: 64, right: 20 + (units.length > 1 ? 44 : 0), top: 34, bottom: 30 },
        legend: { show: drawn.length > 1, data: drawn.map(one => pick(one.channel.name)), textStyle: { color: text }, top: 0 },
        tooltip: { trigger: 'axis', confine: true, valueFormatter: (value: number) => number(value, 8) },
        xAxis: { type: 'time', min: window.from, max: window.to, axisLabel: { color: text, hideOverlap: true }, axisLine: { lineStyle: { color: line } } },
        yAxis: (units.length ? units.slice(0, 2) : ['1']).map((code, index) => ({ type: 'value', scale: true, position: index ? 'right' : 'left', name: unit(code), nameTextStyle: { color: text }, axisLabel: { color: text }, splitLine: { show: !index, lineStyle: { color: line } } })),
        series,
    }, { notMerge: true });
    return chart;
}
