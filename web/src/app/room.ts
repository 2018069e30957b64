// What a room may bring, and the two short ways to write its pages down.
import type { RouteRecordRaw } from 'vue-router';

/** `key` is the letter after g that leads there; `also`: lists that stand behind it, and are found at it in the menu. */
export type Entry = { to: string; title_key: string; icon?: string; key?: string; signed_in?: boolean; right?: string; also?: string[] };
/** Where records of a kind are shown and where their API is; `prefix` is that of their ids. */
export type RecordPlace = { prefix: string; page: string; api: string };
export type Room = {
    /** Place in the navigation; from 100 on below the line. */
    order?: number;
    entries?: (Entry & { order?: number; children?: Entry[] })[];
    records?: Record<string, RecordPlace>;
    pages: RouteRecordRaw[];
};

declare module 'vue-router' {
    /** `folder` is filled in; `entry` is the navigation entry a page belongs to, by default the first of its room. */
    interface RouteMeta { title_key?: string; signed_in?: boolean; right?: string; folder?: string; entry?: string; big?: boolean }
}
/** One page of a room: page('/deals/:id', 'page.deal', () => import('./DealPage.vue')). */
export const page = (path: string, title_key: string, component: () => Promise<unknown>, more: RouteRecordRaw['meta'] & { props?: unknown; alias?: string } = {}): RouteRecordRaw => {
    const { props, alias, ...meta } = more;
    return { path, component, props: props ?? true, meta: { title_key, ...meta }, ...(alias ? { alias } : {}) } as RouteRecordRaw;
};
/** The three pages of a record that has the usual ones: one record, a new one, a change. */
export const record_pages = (record: string, base: string, show: () => Promise<unknown>, edit: () => Promise<unknown>, more: RouteRecordRaw['meta'] = {}): RouteRecordRaw[] => [
    page(`${base}/new`, `page.${record}_new`, edit, { ...more, signed_in: true, props: { record } }),
    page(`${base}/:id/edit`, 'page.edit', edit, { ...more, signed_in: true, props: (route: { params: { id: string } }) => ({ record, id: route.params.id }) }),
    page(`${base}/:id`, `record.${record}`, show, more),
];
