// The clock of the place where an event is, whatever the clock of the reader says.
import { date } from '@/app/format';
import { tag } from '@/app/language';

const minutes_of = (zone: string) => (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
/** The moment as that place writes it, in the ISO form of UTC. */
const there = (at: string, zone: string) => new Date(new Date(at).getTime() + minutes_of(zone) * 60_000).toISOString();
export const day_there = (at: string, zone: string) => there(at, zone).slice(0, 10);
export const clock_there = (at: string, zone: string) => there(at, zone).slice(11, 16);
/** Minutes since midnight there. */
export const minute_there = (at: string, zone: string) => Number(there(at, zone).slice(11, 13)) * 60 + Number(there(at, zone).slice(14, 16));
export const span_there = (from: string, to: string, zone: string) => `${clock_there(from, zone)}–${clock_there(to, zone)}`;
export const days = (first: string, last: string) => first === last ? date(first) : `${date(first)} – ${date(last)}`;
export const weekday = (day: string) => new Intl.DateTimeFormat(tag.value, { weekday: 'short' }).format(new Date(day + 'T00:00:00'));
