// Pages of the field: how it goes, connections, charge points, cards; energy's pages.ts takes them in.
import { page, record_pages, type Entry, type Room } from '@/app/room';

const inside = { signed_in: true };
const edit = () => import('./EditPage.vue');

export const entries: Entry[] = [{ to: '/energy/field', title_key: 'page.field', ...inside }, { to: '/energy/connections', title_key: 'page.field_connections', ...inside }, { to: '/energy/chargers', title_key: 'page.chargers', ...inside }];
export const records: Room['records'] = {
    field_connection: { prefix: 'fieldlink', page: '/energy/connections', api: '/field-connections' }, charger: { prefix: 'charger', page: '/energy/chargers', api: '/chargers' },
    charging_tag: { prefix: 'tag', page: '/energy/charging-cards', api: '/charging-tags' },
};
export const pages: Room['pages'] = [
    page('/energy/field', 'page.field', () => import('./FieldPage.vue'), inside),
    page('/energy/connections', 'page.field_connections', () => import('./ConnectionsPage.vue'), inside),
    ...record_pages('field_connection', '/energy/connections', () => import('./ConnectionPage.vue'), edit, inside),
    page('/energy/chargers', 'page.chargers', () => import('./ChargersPage.vue'), inside),
    ...record_pages('charger', '/energy/chargers', () => import('./ChargerPage.vue'), edit, inside),
    page('/energy/charging-cards', 'page.charging_tags', () => import('./TagsPage.vue'), inside),
    ...record_pages('charging_tag', '/energy/charging-cards', () => import('./TagPage.vue'), edit, inside),
];
