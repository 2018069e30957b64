// Matching: needs and technologies in both directions, money, policies and experts; all at once, stable, and what became of it.
import { rights } from '@/app/rights';
import { page, type Room } from '@/app/room';

const staff = { signed_in: true, right: rights.run_matches }, parties = { signed_in: true, right: rights.give_feedback };
const capital = (record: string, path: string) => page(path, 'page.capital_matches', () => import('./CapitalMatchesPage.vue'), { props: (route: { params: { id: string } }) => ({ record, id: route.params.id }) });

export default {
    order: 20,
    entries: [{ to: '/match', title_key: 'page.match', icon: 'match', key: 'm', children: [
        { to: '/match', title_key: 'page.match_needs' }, { to: '/match/stable', title_key: 'page.match_stable', signed_in: true }, { to: '/match/runs', title_key: 'page.match_runs', ...staff },
        { to: '/match/feedback', title_key: 'page.match_feedback', ...parties }, { to: '/match/weights', title_key: 'page.match_weights', ...staff },
    ] }],
    pages: [
        page('/match', 'page.match', () => import('./MatchPage.vue')),
        page('/match/runs', 'page.match_runs', () => import('./RunsPage.vue'), staff),
        page('/match/runs/:id', 'page.match_runs', () => import('./RunPage.vue'), staff),
        page('/match/results/:id', 'page.match_runs', () => import('./ResultPage.vue'), staff),
        page('/match/stable', 'page.match_stable', () => import('./StablePage.vue'), { signed_in: true }),
        page('/match/feedback', 'page.match_feedback', () => import('./FeedbackPage.vue'), parties),
        page('/match/weights', 'page.match_weights', () => import('./WeightsPage.vue'), staff),
        page('/match/weights/new', 'page.weights_new', () => import('./WeightsEdit.vue'), staff),
        page('/match/weights/:id', 'page.match_weights', () => import('./WeightsEditionPage.vue'), staff),
        page('/needs/:id/matches', 'page.matches', () => import('./MatchesPage.vue')),
        page('/needs/:id/experts', 'page.expert_matches', () => import('./ExpertMatchesPage.vue'), { signed_in: true }),
        page('/library/technologies/:id/needs', 'page.technology_needs', () => import('./TechnologyNeedsPage.vue')),
        capital('need', '/needs/:id/capital'), capital('project', '/projects/:id/capital'),
        page('/projects/:id/policies', 'page.project_policies', () => import('./ProjectPoliciesPage.vue')),
    ],
} satisfies Room;
