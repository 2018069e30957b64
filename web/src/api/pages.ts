// What runs the bank: jobs, the sample bank, the API.
import { rights } from '@/app/rights';
import { page, type Room } from '@/app/room';

export default {
    order: 110,
    entries: [
        { to: '/jobs', title_key: 'page.jobs', icon: 'jobs', key: 'j', signed_in: true },
        { to: '/bank', title_key: 'page.bank', icon: 'bank', key: 'b', signed_in: true, right: rights.manage_sample },
        { to: '/developers', title_key: 'page.api', icon: 'api', key: 'a', children: [{ to: '/developers', title_key: 'page.api_operations' }, { to: '/developers/patterns', title_key: 'page.patterns' }] },
    ],
    pages: [
        page('/jobs', 'page.jobs', () => import('./JobsPage.vue'), { signed_in: true }),
        page('/bank', 'page.bank', () => import('./BankPage.vue'), { signed_in: true, right: rights.manage_sample, entry: '/bank' }),
        page('/developers', 'page.api', () => import('./ApiPage.vue'), { entry: '/developers' }),
        page('/developers/patterns', 'page.patterns', () => import('./PatternsPage.vue'), { entry: '/developers' }),
    ],
} satisfies Room;
