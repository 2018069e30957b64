// The parts of ECharts that every chart needs, and bars; a chunk of its own, loaded when a chart comes into view. Other kinds bring theirs.
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendPlainComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, LegendPlainComponent, TooltipComponent, CanvasRenderer]);
export { init, use };
