// Organisations, people and what they did; signing in.
import { rights } from '@/app/rights';
import { page, record_pages, type Room } from '@/app/room';

const inside = { signed_in: true };

export default {
    order: 100,
    entries: [{ to: '/log', title_key: 'page.log', icon: 'history' }, { to: '/people', title_key: 'page.people', icon: 'people', key: 'p', ...inside }, { to: '/audit', title_key: 'page.audit', icon: 'audit', key: 'u', ...inside, right: rights.read_audit }],
    records: { organisation: { prefix: 'org', page: '/organisations', api: '/organisations' } },
    pages: [
        ...record_pages('organisation', '/organisations', () => import('./OrganisationPage.vue'), () => import('./EditPage.vue'), { entry: '/library' }),
        page('/log', 'page.log', () => import('./LogPage.vue'), { entry: '/log' }),
        page('/proof/:code', 'page.proof', () => import('./ProofPage.vue'), { entry: '/log' }),
        page('/sign-in', 'page.sign_in', () => import('./SignInPage.vue'), { alias: '/login', entry: '-' }),
        page('/setup', 'page.setup', () => import('./SetupPage.vue'), { entry: '-' }),
        page('/invitation', 'page.invitation', () => import('./InvitationPage.vue'), { entry: '-' }),
        page('/account', 'page.account', () => import('./AccountPage.vue'), { ...inside, entry: '-' }),
        page('/people', 'page.people', () => import('./PeoplePage.vue'), inside),
        page('/audit', 'page.audit', () => import('./AuditPage.vue'), { ...inside, right: rights.read_audit, entry: '/audit' }),
    ],
} satisfies Room;
