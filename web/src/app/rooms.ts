// The rooms that are built in: every <room>/pages.ts brings its navigation entries, the places of its records, and its pages. No central list.
import type { RouteRecordRaw } from 'vue-router';
import type { Entry, Room } from './room';
import { may, signed_in } from './session';

const found = import.meta.glob<{ default: Room }>('../*/pages.ts', { eager: true });
export const rooms = Object.entries(found).map(([path, { default: room }]) => ({ ...room, folder: path.split('/')[1] })).sort((a, b) => (a.order ?? 50) - (b.order ?? 50));

export const routes: RouteRecordRaw[] = rooms.flatMap(room => room.pages.map(one => ({ ...one, meta: { ...one.meta, folder: room.folder, entry: one.meta?.entry ?? room.entries?.[0]?.to } }) as RouteRecordRaw));
export const entries = rooms.flatMap(room => (room.entries ?? []).map(entry => ({ ...entry, order: entry.order ?? room.order ?? 50 }))).sort((a, b) => a.order - b.order);
export const is_open = (entry: Entry) => (!entry.signed_in || signed_in.value) && (!entry.right || may(entry.right));
export const entry_of = (to: string | undefined) => entries.find(one => one.to === to);
