// Scores of a few on the same axes, all from 0 to the axis' end.
import { RadarChart } from 'echarts/charts';
import { RadarComponent } from 'echarts/components';
import type { Look, Radar } from '../chart';
import { use } from '../echarts';
import { legend, legend_room, tooltip, words } from '../parts';

use([RadarChart, RadarComponent]);
export const height = () => 340;
export function option(chart: Radar, look: Look) {
    const room = legend_room(look, chart.series.map(one => one.name));
    return {
        legend: legend(look, chart.series.length > 1), tooltip: tooltip(look, chart.unit, { trigger: 'item' }),
        radar: { center: ['50%', `${54 + room / 14}%`], radius: Math.min(110, look.width * 0.25), splitNumber: 4, indicator: chart.axes, axisName: { ...words(look), width: Math.max(56, look.width * 0.2), overflow: 'break' }, splitLine: { lineStyle: { color: look.line } }, splitArea: { show: false }, axisLine: { lineStyle: { color: look.line } } },
        series: [{ type: 'radar', data: chart.series.map((one, index) => ({ name: one.name, value: one.values, lineStyle: { color: look.colour(one.colour ?? index + 1), width: 2 }, itemStyle: { color: look.colour(one.colour ?? index + 1) }, areaStyle: { color: look.colour(one.colour ?? index + 1), opacity: 0.08 } })) }],
    };
}
