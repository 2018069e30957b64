// Footprints exchanged with partners by PACT: what the exchange brings to the room's pages.
import { page, record_pages, type Entry, type RecordPlace } from '@/app/room';

const inside = { signed_in: true };
const edit = () => import('./ExchangeEdit.vue');

export const exchange_entries: Entry[] = [{ to: '/carbon/requests', title_key: 'page.carbon_exchange', ...inside }];
export const exchange_records: Record<string, RecordPlace> = {
    pact_partner: { prefix: 'pactpartner', page: '/carbon/partners', api: '/pact-partners' }, shared_footprint: { prefix: 'sharedpcf', page: '/carbon/shared', api: '/shared-footprints' },
    received_footprint: { prefix: 'receivedpcf', page: '/carbon/received', api: '/received-footprints' }, pact_request: { prefix: 'pactrequest', page: '/carbon/requests', api: '/pact-requests' },
};
export const exchange_pages = [
    page('/carbon/requests', 'page.carbon_exchange', () => import('./RequestsPage.vue'), inside),
    page('/carbon/requests/new', 'page.pact_request_new', edit, { ...inside, props: { record: 'pact_request' } }),
    page('/carbon/requests/:id', 'record.pact_request', () => import('./RequestPage.vue'), inside),
    page('/carbon/partners', 'page.pact_partners', () => import('./PartnersPage.vue'), inside),
    ...record_pages('pact_partner', '/carbon/partners', () => import('./PartnerPage.vue'), edit, inside),
    page('/carbon/shared', 'page.shared_footprints', () => import('./SharedListPage.vue'), inside),
    page('/carbon/shared/new', 'page.shared_footprint_new', edit, { ...inside, props: { record: 'shared_footprint' } }),
    page('/carbon/shared/:id', 'record.shared_footprint', () => import('./SharedPage.vue'), inside),
    page('/carbon/received', 'page.received_footprints', () => import('./ReceivedListPage.vue'), inside),
    page('/carbon/received/:id', 'record.received_footprint', () => import('./ReceivedPage.vue'), inside),
];
