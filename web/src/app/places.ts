// Where a record of a kind is shown, and where its API lives; the rooms say so in their pages.ts.
import { rooms } from './rooms';

const records = Object.assign({}, ...rooms.map(room => room.records ?? {})) as Record<string, { prefix: string; page: string; api: string }>;

export const api_of = (kind: string) => records[kind]?.api ?? '';
export const has_place = (kind: string | undefined) => Boolean(kind && records[kind]);
export const place_of = (kind: string, id: string) => records[kind] ? `${records[kind].page}/${encodeURIComponent(id)}` : '/';
export const new_place = (kind: string) => `${records[kind]?.page}/new`;
export const edit_place = (kind: string, id: string) => `${place_of(kind, id)}/edit`;
/** "need" of need_0190…; also of the bare prefix. */
export const kind_of_id = (id: string) => Object.keys(records).find(kind => records[kind].prefix === id.split('_')[0]);
export const prefix_of = (kind: string) => records[kind]?.prefix;
