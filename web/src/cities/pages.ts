// Cities and islands: territories with their inventories, the index of cities, certificates of zero-carbon islands.
import { page, record_pages, type Room } from '@/app/room';

const inside = { signed_in: true };
const edit = () => import('./EditPage.vue');

export default {
    order: 62,
    entries: [{
        to: '/cities', title_key: 'page.cities', icon: 'cities', key: 't', children: [
            { to: '/cities/territories', title_key: 'page.territories' }, { to: '/cities/indices', title_key: 'page.city_indices' },
            { to: '/cities/alliance', title_key: 'page.island_alliance' }, { to: '/cities/zero-plans', title_key: 'page.zero_plans' }, { to: '/cities/certificates', title_key: 'page.island_certificates' },
            { to: '/cities/peaks', title_key: 'page.peak_scenarios' }, { to: '/cities/targets', title_key: 'page.carbon_targets' }, { to: '/cities/assessments', title_key: 'page.carbon_assessments' }, { to: '/cities/assets', title_key: 'page.carbon_assets', ...inside },
        ],
    }],
    records: {
        territory: { prefix: 'territory', page: '/cities/territories', api: '/territories' }, territory_inventory: { prefix: 'balance', page: '/cities/inventories', api: '/territory-inventories' },
        city_index: { prefix: 'cityindex', page: '/cities/indices', api: '/city-indices' }, island_certificate: { prefix: 'zerocert', page: '/cities/certificates', api: '/island-certificates' },
        zero_plan: { prefix: 'zeroplan', page: '/cities/zero-plans', api: '/zero-plans' },
        peak_scenario: { prefix: 'peak', page: '/cities/peaks', api: '/peak-scenarios' }, carbon_target: { prefix: 'target', page: '/cities/targets', api: '/carbon-targets' }, carbon_assessment: { prefix: 'assessment', page: '/cities/assessments', api: '/carbon-assessments' },
    },
    pages: [
        page('/cities', 'page.cities', () => import('./CitiesPage.vue')),
        page('/cities/territories', 'page.territories', () => import('./territories/TerritoriesPage.vue')),
        ...record_pages('territory', '/cities/territories', () => import('./territories/TerritoryPage.vue'), edit),
        ...record_pages('territory_inventory', '/cities/inventories', () => import('./territories/InventoryPage.vue'), edit),
        page('/cities/indices', 'page.city_indices', () => import('./indices/IndicesPage.vue')),
        ...record_pages('city_index', '/cities/indices', () => import('./indices/IndexPage.vue'), edit),
        page('/cities/dashboard/:id', 'page.city_dashboard', () => import('./carbons/DashboardPage.vue')),
        page('/cities/screen/:id', 'page.city_screen', () => import('./carbons/ScreenPage.vue'), { big: true }),
        page('/cities/peaks', 'page.peak_scenarios', () => import('./carbons/PeaksPage.vue')),
        ...record_pages('peak_scenario', '/cities/peaks', () => import('./carbons/PeakPage.vue'), edit),
        page('/cities/targets', 'page.carbon_targets', () => import('./carbons/TargetsPage.vue')),
        ...record_pages('carbon_target', '/cities/targets', () => import('./carbons/TargetPage.vue'), edit),
        page('/cities/assessments', 'page.carbon_assessments', () => import('./carbons/AssessmentsPage.vue')),
        ...record_pages('carbon_assessment', '/cities/assessments', () => import('./carbons/AssessmentPage.vue'), edit),
        page('/cities/assets', 'page.carbon_assets', () => import('./carbons/AssetsPage.vue'), inside),
        page('/cities/alliance', 'page.island_alliance', () => import('./certificates/AlliancePage.vue')),
        page('/cities/zero-plans', 'page.zero_plans', () => import('./certificates/ZeroPlansPage.vue')),
        ...record_pages('zero_plan', '/cities/zero-plans', () => import('./certificates/ZeroPlanPage.vue'), edit),
        page('/cities/certificates', 'page.island_certificates', () => import('./certificates/CertificatesPage.vue')),
        ...record_pages('island_certificate', '/cities/certificates', () => import('./certificates/CertificatePage.vue'), edit, {}).map(one => one.path.endsWith('/:id') ? one : { ...one, meta: { ...one.meta, ...inside } }),
    ],
} satisfies Room;
