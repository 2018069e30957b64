// Planning: studies of sites, their plans, plans side by side.
import { rights } from '@/app/rights';
import { page, record_pages, type Room } from '@/app/room';

const inside = { signed_in: true, entry: '/planning' };
/** Everybody inside reads; who enters and changes needs the right. */
const pages_of = (...[record, base, show, edit]: Parameters<typeof record_pages>) => record_pages(record, base, show, edit, inside).map((one, index) => index < 2 ? { ...one, meta: { ...one.meta, right: rights.write_plans } } : one);

export default {
    order: 46,
    entries: [{ to: '/planning', title_key: 'page.planning', icon: 'chart', key: 'n', signed_in: true, children: [{ to: '/planning/cross-border', title_key: 'page.cross_border', signed_in: true }, { to: '/planning/obligations', title_key: 'page.energy_obligations', signed_in: true }] }],
    records: { study: { prefix: 'study', page: '/planning/studies', api: '/studies' }, energy_plan: { prefix: 'plan', page: '/planning/plans', api: '/energy-plans' }, cross_border_study: { prefix: 'crossborder', page: '/planning/cross-border', api: '/cross-border-studies' }, energy_obligation: { prefix: 'energyobligation', page: '/planning/obligations', api: '/energy-obligations' } },
    pages: [
        page('/planning', 'page.planning', () => import('./StudiesPage.vue'), inside),
        ...pages_of('study', '/planning/studies', () => import('./StudyPage.vue'), () => import('./StudyEdit.vue')),
        page('/planning/cross-border', 'page.cross_border', () => import('./sharing/CasesPage.vue'), inside),
        ...pages_of('cross_border_study', '/planning/cross-border', () => import('./sharing/CasePage.vue'), () => import('./sharing/CaseEdit.vue')),
        page('/planning/cross-border/:id/zones/:zone', 'page.zone_publish', () => import('./sharing/ZonePublish.vue'), { ...inside, right: rights.write_plans }),
        page('/planning/obligations', 'page.energy_obligations', () => import('./sharing/ObligationsPage.vue'), inside),
        page('/planning/obligations/:id', 'record.energy_obligation', () => import('./sharing/ObligationPage.vue'), inside),
        page('/planning/plans/:id', 'record.energy_plan', () => import('./PlanPage.vue'), inside),
        page('/planning/compare', 'page.plan_compare', () => import('./ComparePage.vue'), inside),
    ],
} satisfies Room;
