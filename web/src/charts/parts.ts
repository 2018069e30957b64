// What all kinds of charts share: axes, legend and tooltip in the page's colours and language.
import { compact, number } from '@/app/format';
import type { Look } from './chart';

export const words = (look: Look, size = 12) => ({ color: look.muted, fontFamily: look.family, fontSize: size });
export const category = (look: Look, labels: string[], more: object = {}) => ({ type: 'category', data: labels, axisLine: { lineStyle: { color: look.line } }, axisTick: { show: false }, axisLabel: { ...words(look), interval: 'auto', hideOverlap: true }, ...more });
export const value = (look: Look, unit?: string, more: object = {}) => ({ type: 'value', splitLine: { lineStyle: { color: look.line } }, axisLabel: { ...words(look), formatter: (one: number) => compact(one), hideOverlap: true }, name: unit, nameTextStyle: words(look), ...more });
/** An axis that lies has its unit below its middle: at its end there is no room. */
export const lying = { nameLocation: 'middle', nameGap: 24 }, lying_room = (unit?: string) => unit ? 24 : 4;
export const legend = (look: Look, show = true) => ({ show, left: 0, top: 0, itemWidth: 12, itemHeight: 12, icon: 'roundRect', textStyle: { ...words(look), color: look.text } });
export const tooltip = (look: Look, unit?: string, more: object = {}) => ({ trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: { type: 'shadow', shadowStyle: { color: look.dark ? 'rgba(255,255,255,.05)' : 'rgba(0,60,30,.05)' } }, backgroundColor: look.raised, borderColor: look.line, textStyle: { color: look.text, fontFamily: look.family, fontSize: 13 }, valueFormatter: (one: number) => with_unit(one, unit), ...more });
export const with_unit = (one: number | null | undefined, unit?: string) => one === null || one === undefined ? '—' : `${number(one)}${unit ? ' ' + unit : ''}`;
export const grid = (more: object = {}) => ({ left: 4, right: 8, top: 12, bottom: 4, containLabel: true, ...more });
/** How wide a name is, about. */
export const letters = (name: string) => [...name].reduce((sum, one) => sum + (one > '\u2e80' ? 12 : 7), 0);
/** How much room the legend of these names takes above the chart; on a phone it may need several rows. */
export const legend_room = (look: Look, names: string[]) => names.length > 1 ? 12 + 22 * Math.ceil(names.reduce((sum, name) => sum + letters(name) + 34, 0) / Math.max(120, look.width)) : 0;
