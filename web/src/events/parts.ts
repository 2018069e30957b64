// The parts of an event that have a form of their own: which fields it asks for, and where the reader goes afterwards.
import { get } from '@/app/api';
import { useLoad } from '@/app/load';
import type { Page } from '@/app/types';
import type { Event, Overview } from './types';

export type Part = { record: string; api: string; back: (event: string) => string };
const under = (place: string) => (event: string) => `/events/${event}/${place}`;
export const parts: Part[] = [
    { record: 'sub_event', api: '/sub-events', back: under('programme') }, { record: 'programme_item', api: '/programme-items', back: under('programme') }, { record: 'speaker', api: '/speakers', back: under('programme') },
    { record: 'hall', api: '/halls', back: under('floor') }, { record: 'pavilion', api: '/pavilions', back: under('floor') }, { record: 'booth', api: '/booths', back: under('floor') },
    { record: 'roadshow_slot', api: '/roadshow-slots', back: under('roadshows') },
];
/** An event and its figures: what every page about it begins with. */
export const use_event = (id: () => string) => useLoad(async signal => {
    const [event, overview] = await Promise.all([get<Event>(`/events/${encodeURIComponent(id())}`, {}, signal), get<Overview>(`/events/${encodeURIComponent(id())}/overview`, {}, signal)]);
    return { event, overview };
}, [id]);

/** All parts of a kind that an event has. */
export async function all_of<T>(path: '/sub-events' | '/halls' | '/speakers' | '/programme-items' | '/pavilions' | '/booths' | '/roadshow-slots' | '/signings' | '/meeting-rounds' | '/meeting-attendees' | '/meeting-wishes' | '/meeting-plans', query: Record<string, string>, signal?: AbortSignal): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | undefined; ;) {
        const page = await get<Page<T>>(path, { ...query, limit: 500, cursor }, signal);
        items.push(...page.items);
        if (!page.next) return items;
        cursor = page.next;
    }
}
