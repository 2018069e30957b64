// Where a record of a kind is shown, and where its API lives.
export type EntryKind = 'technology' | 'need' | 'capital_offer';
/** What the form can write. */
export type Writable = EntryKind | 'organisation';
export const api_path = { technology: '/technologies', need: '/needs', capital_offer: '/capital-offers', organisation: '/organisations' } as const;
const page_path: Record<string, string> = { technology: '/library/technologies', need: '/needs', capital_offer: '/capital', organisation: '/organisations' };

export const place_of = (kind: string, id: string) => page_path[kind] ? `${page_path[kind]}/${encodeURIComponent(id)}` : '/';
export const new_place = (kind: string) => `${page_path[kind]}/new`;
export const edit_place = (kind: string, id: string) => `${place_of(kind, id)}/edit`;
export const kind_of_id = (id: string) => ({ tech: 'technology', need: 'need', cap: 'capital_offer', org: 'organisation' } as Record<string, string>)[id.split('_')[0]];
