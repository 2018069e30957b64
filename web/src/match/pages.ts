// Matching: needs, and the technologies that fit them.
import { page, type Room } from '@/app/room';

export default {
    order: 20,
    entries: [{ to: '/match', title_key: 'page.match', icon: 'match', key: 'm' }],
    pages: [page('/match', 'page.match', () => import('./MatchPage.vue')), page('/needs/:id/matches', 'page.matches', () => import('./MatchesPage.vue'))],
} satisfies Room;
