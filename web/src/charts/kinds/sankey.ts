// A chain as flows: money from promise to payment, carbon from source to product, tonnes from measured to retired.
import { SankeyChart } from 'echarts/charts';
import { compact } from '@/app/format';
import type { Look, Sankey } from '../chart';
import { use } from '../echarts';
import { tooltip, with_unit, words } from '../parts';

use([SankeyChart]);
export const height = (chart: Sankey) => Math.max(220, chart.nodes.length * 26);
export function option(chart: Sankey, look: Look) {
    const title = new Map(chart.nodes.map(node => [node.key, node.title]));
    return {
        tooltip: tooltip(look, chart.unit, { trigger: 'item', formatter: ({ dataType, data, value, name }: { dataType: string; data: { source: string; target: string; value: number }; value: number; name: string }) => dataType === 'edge' ? `${title.get(data.source)} → ${title.get(data.target)}\n${with_unit(data.value, chart.unit)}` : `${title.get(name)}\n${with_unit(value, chart.unit)}` }),
        series: [{
            type: 'sankey', left: 4, right: Math.min(150, look.width * 0.25), top: 8, bottom: 8, nodeGap: 12, nodeWidth: 14, emphasis: { focus: 'adjacency' },
            orient: look.width < 480 ? 'vertical' : 'horizontal', label: { ...words(look), color: look.text, formatter: ({ name, value }: { name: string; value: number }) => `${title.get(name)} ${compact(value)}` }, lineStyle: { color: 'source', opacity: 0.35, curveness: 0.5 },
            data: chart.nodes.map((node, index) => ({ name: node.key, itemStyle: { color: look.colour(node.colour ?? index % 7 + 1), borderWidth: 0 } })), links: chart.links.map(link => ({ source: link.from, target: link.to, value: link.value })),
        }],
    };
}
