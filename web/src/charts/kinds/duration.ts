// A duration curve: for which share of the time a value was at least so high.
import { LineChart } from 'echarts/charts';
import { number } from '@/app/format';
import { t } from '@/app/language';
import type { Duration, Look } from '../chart';
import { use } from '../echarts';
import { grid, legend, tooltip, value } from '../parts';
import { falling, shares } from '../tables';

use([LineChart]);
export const height = () => 280;
export function option(chart: Duration, look: Look) {
    return {
        grid: grid({ top: 34, bottom: 24, right: 20 }), legend: { ...legend(look, chart.series.length > 1), left: chart.unit ? 64 : 0 }, tooltip: tooltip(look, chart.unit, { axisPointer: { type: 'line' } }),
        xAxis: value(look, t('chart.share'), { min: 0, max: 100, nameLocation: 'middle', nameGap: 26, axisLabel: { color: look.muted, formatter: (one: number) => number(one) + ' %' } }), yAxis: value(look, chart.unit),
        series: chart.series.map((one, index) => { const sorted = falling(one.values); return { name: one.name, type: 'line', showSymbol: false, lineStyle: { width: 2 }, itemStyle: { color: look.colour(one.colour ?? index + 1) }, data: shares(sorted.length).map(share => [share * 100, sorted[Math.round(share * (sorted.length - 1))]]) }; }),
    };
}
