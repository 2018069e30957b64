// Readings of a series of closes: moving averages, and the convergence and divergence of two of them (Appel).
/** The mean of the last `days`; nothing before there are as many. */
export const average = (closes: number[], days: number) => { let sum = 0; return closes.map((close, at) => { sum += close - (at >= days ? closes[at - days] : 0); return at + 1 >= days ? Math.round(sum / days * 100) / 100 : null; }); };
/** Exponential: the first is the first close, then 2 / (days + 1) of each new one. */
export const exponential = (closes: number[], days: number) => { let last = closes[0]; return closes.map(close => last += (close - last) * 2 / (days + 1)); };
export function convergence(closes: number[]) {
    const round = (value: number) => Math.round(value * 1000) / 1000, slow = exponential(closes, 26), line = exponential(closes, 12).map((fast, at) => fast - slow[at]), signal = exponential(line, 9);
    return { line: line.map(round), signal: signal.map(round), bars: line.map((value, at) => round(2 * (value - signal[at]))) };
}
