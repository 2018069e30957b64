// Factors, products with their footprints, labels: what they bring to the room's pages.
import type { Entry, RecordPlace } from '@/app/room';
import { page, record_pages } from '@/app/room';

const inside = { signed_in: true };
const edit = () => import('./EditPage.vue');

export const product_entries: Entry[] = [{ to: '/carbon/labels', title_key: 'page.carbon_labels' }, { to: '/carbon/products', title_key: 'page.product_systems', ...inside }, { to: '/carbon/factors', title_key: 'page.emission_factors' }];
export const product_records: Record<string, RecordPlace> = {
    emission_factor: { prefix: 'factor', page: '/carbon/factors', api: '/emission-factors' }, product_system: { prefix: 'product', page: '/carbon/products', api: '/product-systems' },
    footprint: { prefix: 'footprint', page: '/carbon/footprints', api: '/footprints' }, carbon_label: { prefix: 'label', page: '/carbon/labels', api: '/carbon-labels' },
};
export const product_pages = [
    page('/carbon/factors', 'page.emission_factors', () => import('./FactorsPage.vue')),
    ...record_pages('emission_factor', '/carbon/factors', () => import('./FactorPage.vue'), edit),
    page('/carbon/products', 'page.product_systems', () => import('./ProductsPage.vue'), inside),
    page('/carbon/products/import', 'page.product_system_import', () => import('./ImportPage.vue'), inside),
    ...record_pages('product_system', '/carbon/products', () => import('./ProductPage.vue'), edit, inside),
    page('/carbon/footprints/:id', 'record.footprint', () => import('./FootprintPage.vue'), inside),
    page('/carbon/labels', 'page.carbon_labels', () => import('./LabelsPage.vue')),
    page('/carbon/labels/new', 'page.carbon_label_new', edit, { signed_in: true, props: { record: 'carbon_label' } }),
    page('/carbon/labels/:id', 'record.carbon_label', () => import('./LabelPage.vue')),
];
