// Cities and islands: territories with their inventories, the index of cities, certificates of zero-carbon islands.
import { page, record_pages, type Room } from '@/app/room';

const inside = { signed_in: true };
const edit = () => import('./EditPage.vue');

export default {
    order: 62,
    entries: [{
        to: '/cities', title_key: 'page.cities', icon: 'cities', key: 't', children: [
            { to: '/cities/territories', title_key: 'page.territories' }, { to: '/cities/indices', title_key: 'page.city_indices' },
            { to: '/cities/alliance', title_key: 'page.island_alliance' }, { to: '/cities/certificates', title_key: 'page.island_certificates' },
        ],
    }],
    records: {
        territory: { prefix: 'territory', page: '/cities/territories', api: '/territories' }, territory_inventory: { prefix: 'balance', page: '/cities/inventories', api: '/territory-inventories' },
        city_index: { prefix: 'cityindex', page: '/cities/indices', api: '/city-indices' }, island_certificate: { prefix: 'zerocert', page: '/cities/certificates', api: '/island-certificates' },
    },
    pages: [
        page('/cities', 'page.cities', () => import('./CitiesPage.vue')),
        page('/cities/territories', 'page.territories', () => import('./territories/TerritoriesPage.vue')),
        ...record_pages('territory', '/cities/territories', () => import('./territories/TerritoryPage.vue'), edit),
        ...record_pages('territory_inventory', '/cities/inventories', () => import('./territories/InventoryPage.vue'), edit),
        page('/cities/indices', 'page.city_indices', () => import('./indices/IndicesPage.vue')),
        ...record_pages('city_index', '/cities/indices', () => import('./indices/IndexPage.vue'), edit),
        page('/cities/alliance', 'page.island_alliance', () => import('./certificates/AlliancePage.vue')),
        page('/cities/certificates', 'page.island_certificates', () => import('./certificates/CertificatesPage.vue')),
        ...record_pages('island_certificate', '/cities/certificates', () => import('./certificates/CertificatePage.vue'), edit, {}).map(one => one.path.endsWith('/:id') ? one : { ...one, meta: { ...one.meta, ...inside } }),
    ],
} satisfies Room;
