// Other banks and repositories, and what is harvested from them.
import { rights } from '@/app/rights';
import { page, record_pages, type Room } from '@/app/room';

const staff = { signed_in: true, right: rights.manage_peers };

export default {
    order: 105,
    entries: [{ to: '/peers', title_key: 'page.peers', icon: 'peers', key: 'x', ...staff, children: [{ to: '/peers', title_key: 'page.peers_all', ...staff }, { to: '/peers/pairs', title_key: 'page.twins', ...staff }] }],
    records: { peer: { prefix: 'peer', page: '/peers', api: '/peers' } },
    pages: [
        page('/peers', 'page.peers', () => import('./PeersPage.vue'), staff),
        page('/peers/pairs', 'page.twins', () => import('./TwinsPage.vue'), staff),
        ...record_pages('peer', '/peers', () => import('./PeerPage.vue'), () => import('./PeerEdit.vue'), staff),
    ],
} satisfies Room;
