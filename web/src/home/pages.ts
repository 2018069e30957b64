// Home: the bank in one look.
import { page, type Room } from '@/app/room';

export default {
    order: 0,
    entries: [{ to: '/', title_key: 'page.home', icon: 'home', key: 'h' }],
    pages: [page('/', 'page.home', () => import('./HomePage.vue'))],
} satisfies Room;
