// The library: technologies, needs, capital offers.
import { page, record_pages, type Room } from '@/app/room';

const edit = () => import('./EditPage.vue');

export default {
    order: 10,
    entries: [{ to: '/library', title_key: 'page.library', icon: 'library', key: 'l', children: [{ to: '/library', title_key: 'page.library_all' }, { to: '/library/mine', title_key: 'page.mine', signed_in: true }, { to: '/library/imports', title_key: 'page.imports', right: 'library.write' }] }],
    records: {
        technology: { prefix: 'tech', page: '/library/technologies', api: '/technologies' },
        need: { prefix: 'need', page: '/needs', api: '/needs' },
        capital_offer: { prefix: 'cap', page: '/capital', api: '/capital-offers' },
    },
    pages: [
        page('/library', 'page.library', () => import('./LibraryPage.vue')),
        page('/library/mine', 'page.mine', () => import('./MinePage.vue'), { signed_in: true }),
        page('/library/imports', 'page.imports', () => import('./ImportsPage.vue'), { right: 'library.write' }),
        page('/library/imports/:id', 'page.import', () => import('./ImportPage.vue'), { right: 'library.write' }),
        page('/library/compare', 'page.compare', () => import('./ComparePage.vue')),
        ...record_pages('technology', '/library/technologies', () => import('./TechnologyPage.vue'), edit),
        ...record_pages('need', '/needs', () => import('./NeedPage.vue'), edit),
        ...record_pages('capital_offer', '/capital', () => import('./CapitalPage.vue'), edit),
    ],
} satisfies Room;
