// What part of time the explorer shows, and how wheel, drag and keys change it. Pure.
export type Window = { from: number; to: number }; // milliseconds

export const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
export const spans: [string, number][] = [['year', 366 * day], ['month', 31 * day], ['week', 7 * day], ['day', day], ['hour', hour], ['minute', minute]];
const shortest = 10 * second, longest = 30 * 366 * day;

/** Longer or shorter by `factor`, `at` (0 to 1) staying where it is. */
export function zoomed(window: Window, factor: number, at = 0.5): Window {
    const span = Math.min(longest, Math.max(shortest, (window.to - window.from) * factor)), middle = window.from + (window.to - window.from) * at;
    return { from: Math.round(middle - span * at), to: Math.round(middle + span * (1 - at)) };
}
/** Later by a share of itself. */
export const moved = (window: Window, share: number): Window => { const by = Math.round((window.to - window.from) * share); return { from: window.from + by, to: window.to + by }; };
export const of_span = (window: Window, span: number): Window => ({ from: window.to - span, to: window.to });
/** A little beyond both ends is asked for, so that a small move finds its points there. */
export const asked = (window: Window): Window => { const more = Math.round((window.to - window.from) / 4); return { from: window.from - more, to: window.to + more }; };
/** Below this span points are shown as they came, above it their steps. */
export const points_up_to = 2 * hour;
