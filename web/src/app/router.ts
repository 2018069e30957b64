// Every page and its room. A page that needs somebody signed in says so; the sign-in page brings people back.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router';
import { nextTick, watch } from 'vue';
import { language, t, tag } from './language';
import { session, signed_in } from './session';

declare module 'vue-router' { interface RouteMeta { title_key?: string; signed_in?: boolean; room?: string; right?: string } }

const library = (name: string) => ({ room: 'library', title_key: name });

const routes: RouteRecordRaw[] = [
    { path: '/', component: () => import('@/home/HomePage.vue'), meta: { room: 'home', title_key: 'page.home' } },
    { path: '/library', component: () => import('@/library/LibraryPage.vue'), meta: library('page.library') },
    { path: '/library/compare', component: () => import('@/library/ComparePage.vue'), meta: library('page.compare') },
    { path: '/library/technologies/new', component: () => import('@/library/EditPage.vue'), props: { record: 'technology' }, meta: { ...library('page.technology_new'), signed_in: true } },
    { path: '/library/technologies/:id/edit', component: () => import('@/library/EditPage.vue'), props: route => ({ record: 'technology', id: route.params.id }), meta: { ...library('page.edit'), signed_in: true } },
    { path: '/library/technologies/:id', component: () => import('@/library/TechnologyPage.vue'), props: true, meta: library('page.technology') },
    { path: '/capital/new', component: () => import('@/library/EditPage.vue'), props: { record: 'capital_offer' }, meta: { ...library('page.capital_new'), signed_in: true } },
    { path: '/capital/:id/edit', component: () => import('@/library/EditPage.vue'), props: route => ({ record: 'capital_offer', id: route.params.id }), meta: { ...library('page.edit'), signed_in: true } },
    { path: '/capital/:id', component: () => import('@/library/CapitalPage.vue'), props: true, meta: library('page.capital') },
    { path: '/needs/new', component: () => import('@/library/EditPage.vue'), props: { record: 'need' }, meta: { ...library('page.need_new'), signed_in: true } },
    { path: '/needs/:id/edit', component: () => import('@/library/EditPage.vue'), props: route => ({ record: 'need', id: route.params.id }), meta: { ...library('page.edit'), signed_in: true } },
    { path: '/needs/:id/matches', component: () => import('@/match/MatchesPage.vue'), props: true, meta: { room: 'match', title_key: 'page.matches' } },
    { path: '/needs/:id', component: () => import('@/library/NeedPage.vue'), props: true, meta: library('page.need') },
    { path: '/match', component: () => import('@/match/MatchPage.vue'), meta: { room: 'match', title_key: 'page.match' } },
    { path: '/organisations/new', component: () => import('@/library/EditPage.vue'), props: { record: 'organisation' }, meta: { ...library('page.organisation_new'), signed_in: true } },
    { path: '/organisations/:id/edit', component: () => import('@/library/EditPage.vue'), props: route => ({ record: 'organisation', id: route.params.id }), meta: { ...library('page.edit'), signed_in: true } },
    { path: '/organisations/:id', component: () => import('@/parties/OrganisationPage.vue'), props: true, meta: library('page.organisation') },
    { path: '/sign-in', alias: '/login', component: () => import('@/parties/SignInPage.vue'), meta: { title_key: 'page.sign_in' } },
    { path: '/setup', component: () => import('@/parties/SetupPage.vue'), meta: { title_key: 'page.setup' } },
    { path: '/invitation', component: () => import('@/parties/InvitationPage.vue'), meta: { title_key: 'page.invitation' } },
    { path: '/account', component: () => import('@/parties/AccountPage.vue'), meta: { title_key: 'page.account', signed_in: true } },
    { path: '/people', component: () => import('@/parties/PeoplePage.vue'), meta: { room: 'people', title_key: 'page.people', signed_in: true } },
    { path: '/audit', component: () => import('@/parties/AuditPage.vue'), meta: { room: 'audit', title_key: 'page.audit', signed_in: true } },
    { path: '/jobs', component: () => import('@/api/JobsPage.vue'), meta: { room: 'jobs', title_key: 'page.jobs', signed_in: true } },
    { path: '/bank', component: () => import('@/api/BankPage.vue'), meta: { room: 'bank', title_key: 'page.bank', signed_in: true } },
    { path: '/developers', component: () => import('@/api/ApiPage.vue'), meta: { room: 'api', title_key: 'page.api' } },
    { path: '/:rest(.*)*', component: () => import('./NotFoundPage.vue'), meta: { title_key: 'page.not_found' } },
];

// Not /api: the server keeps that path to itself.
export const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
});

router.beforeEach(to => {
    if (to.meta.signed_in && session.known && !signed_in.value) return { path: '/sign-in', query: { back: to.fullPath } };
});

/** A page may name what it shows ("Sample island: replace diesel"); else its kind is the title. */
export function set_title(title?: string) { document.title = title ? `${title} · ${t('shell.name')}` : t('shell.name'); }
const set_page_title = () => { const key = router.currentRoute.value.meta.title_key; set_title(key && t(key)); };

router.afterEach((to, from) => {
    set_page_title();
    document.documentElement.lang = tag.value;
    if (from.matched.length && to.path !== from.path) void nextTick(() => document.getElementById('main')?.focus({ preventScroll: true }));
});
watch(language, set_page_title);

// After an update of the server old chunks are gone: load the page anew, once.
router.onError((error, to) => {
    if (!/dynamically imported module|Failed to fetch|preload/i.test(String(error))) return;
    const again = `greenbank.reload.${to.fullPath}`;
    if (sessionStorage.getItem(again)) return;
    sessionStorage.setItem(again, '1');
    location.assign(to.fullPath);
});
