// The kinds of charts a page can ask for, as data; how each is drawn is in kinds/, loaded when it is used.
export type Series = { name: string; values: number[]; colour?: number };
export type Bars = { kind: 'bars'; labels: string[]; series: Series[]; label_title: string; unit?: string; horizontal?: boolean; stacked?: boolean };
export type Lines = { kind: 'lines'; labels: string[]; series: Series[]; label_title: string; unit?: string; area?: boolean; stacked?: boolean; /** The axis begins near the least value, not at 0. */ near?: boolean; /** Labels that do not explain themselves: their title stands below. */ titled?: boolean };
export type Candles = { kind: 'candles'; rows: { at: string; open: number; high: number; low: number; close: number; volume?: number }[]; unit?: string; volume_unit?: string; /** Days of moving averages; the convergence of 12 and 26 with its signal of 9 below. */ averages?: number[]; macd?: boolean };
/** Flows from the first to the last; a node's colour is that of the thing wherever it shows. */
export type Sankey = { kind: 'sankey'; nodes: { key: string; title: string; colour?: number }[]; links: { from: string; to: string; value: number }[]; unit?: string };
/** Up to 8784 values in the order of the hours of a year. */
export type HeatYear = { kind: 'heat_year'; year: number; values: (number | null)[]; unit?: string };
/** Values of any order; drawn from the highest to the lowest over the share of the time. */
export type Duration = { kind: 'duration'; series: Series[]; unit?: string };
/** What a result becomes when one input is low or high. */
export type Tornado = { kind: 'tornado'; base: number; base_title: string; rows: { name: string; low: number; high: number; low_note?: string; high_note?: string }[]; unit?: string };
export type Intervals = { kind: 'intervals'; rows: { name: string; low: number; middle: number; high: number }[]; value_title: string; unit?: string };
/** Scores of many in one row each: the box from quartile to quartile with the median, whiskers to the ends, the mean as a dot. */
export type Boxes = { kind: 'boxes'; rows: { name: string; min: number; lower: number; median: number; upper: number; max: number; mean: number; points?: number[] }[]; value_title: string; unit?: string; line?: number };
/** Blocks side by side from the lowest to the highest: a marginal abatement curve. */
export type Steps = { kind: 'steps'; rows: { name: string; width: number; height: number }[]; row_title: string; width_title: string; width_unit: string; height_title: string; unit?: string };
/** Scores of a few on the same axes; for the index only. */
export type Radar = { kind: 'radar'; axes: { name: string; max: number }[]; series: Series[]; unit?: string };
export type Chart = Steps | Radar | Boxes | Bars | Lines | Candles | Sankey | HeatYear | Duration | Tornado | Intervals;

/** What the page looks like, for drawing; numbers of colours are those of --series-1 … 7. */
export type Look = { text: string; muted: string; line: string; surface: string; raised: string; family: string; dark: boolean; width: number; colour: (number: number) => string };
export type Table = { head: string[]; rows: (string | number)[][] };

/** The same thing has the same colour on every page. */
const things: Record<string, number> = { technology: 1, need: 2, capital: 3, solar: 2, wind: 3, hydro: 7, battery: 4, diesel: 6, grid: 5, load: 1, promised: 5, contracted: 3, drawn: 1, measured: 2, verified: 3, retired: 1, scope_1: 6, scope_2: 3, scope_3: 4 };
export const colour_of = (thing: string, fallback = 1) => things[thing] ?? fallback;
