// The room's pages of inventories and verified reductions; pages.ts puts them beside those of footprints and labels.
import { page, record_pages, type Entry, type RecordPlace } from '@/app/room';

const inside = { signed_in: true };
const edit = () => import('./MeasuredEdit.vue');

export const measured_entries: Entry[] = [
    { to: '/carbon/inventories', title_key: 'page.inventories', ...inside }, { to: '/carbon/reductions', title_key: 'page.reductions', ...inside },
    { to: '/carbon/verified', title_key: 'page.verified_reductions' }, { to: '/carbon/methodologies', title_key: 'page.methodologies' },
];
export const measured_records: Record<string, RecordPlace> = {
    organisation_inventory: { prefix: 'inventory', page: '/carbon/inventories', api: '/inventories' }, reduction_project: { prefix: 'reduction', page: '/carbon/reductions', api: '/reduction-projects' },
    monitoring_period: { prefix: 'monitoring', page: '/carbon/monitoring', api: '/monitoring-periods' }, verified_reduction: { prefix: 'verified', page: '/carbon/verified', api: '/verified-reductions' },
};
export const measured_pages = [
    page('/carbon/inventories', 'page.inventories', () => import('./inventories/InventoriesPage.vue'), inside),
    ...record_pages('organisation_inventory', '/carbon/inventories', () => import('./inventories/InventoryPage.vue'), edit, inside),
    page('/carbon/reductions', 'page.reductions', () => import('./reductions/ReductionsPage.vue'), inside),
    ...record_pages('reduction_project', '/carbon/reductions', () => import('./reductions/ReductionPage.vue'), edit, inside),
    page('/carbon/monitoring/new', 'page.monitoring_period_new', edit, { ...inside, props: { record: 'monitoring_period' } }),
    page('/carbon/monitoring/:id', 'record.monitoring_period', () => import('./reductions/PeriodPage.vue'), inside),
    page('/carbon/verified', 'page.verified_reductions', () => import('./reductions/VerifiedListPage.vue')),
    page('/carbon/verified/:id', 'record.verified_reduction', () => import('./reductions/VerifiedPage.vue')),
    page('/carbon/methodologies', 'page.methodologies', () => import('./reductions/MethodologiesPage.vue')),
    page('/carbon/methodologies/:code', 'record.methodology', () => import('./reductions/MethodologyPage.vue')),
];
