// Finance: requests and the offers they bring, loans as they run, the watch list, pools that share losses and claims on them.
import { rights } from '@/app/rights';
import { page, type Room } from '@/app/room';

const inside = { signed_in: true, entry: '/finance' };

export default {
    order: 30,
    entries: [{ to: '/finance', title_key: 'page.finance', icon: 'finance', key: 'i', signed_in: true, children: [
        { to: '/finance', title_key: 'page.financing_requests', signed_in: true }, { to: '/finance/loans', title_key: 'page.loans', signed_in: true }, { to: '/finance/watch', title_key: 'page.watch_list', signed_in: true },
        { to: '/finance/pools', title_key: 'page.risk_pools', signed_in: true }, { to: '/finance/claims', title_key: 'page.pool_claims', signed_in: true },
    ] }],
    records: {
        financing_request: { prefix: 'financing', page: '/finance/requests', api: '/financing-requests' }, financing_offer: { prefix: 'offer', page: '/finance/offers', api: '/financing-offers' },
        loan: { prefix: 'loan', page: '/finance/loans', api: '/loans' }, risk_pool: { prefix: 'pool', page: '/finance/pools', api: '/risk-pools' }, pool_claim: { prefix: 'claim', page: '/finance/claims', api: '/pool-claims' },
    },
    pages: [
        page('/finance', 'page.financing_requests', () => import('./RequestsPage.vue'), inside),
        page('/finance/requests/new', 'page.financing_request_new', () => import('./RequestNew.vue'), { ...inside, right: rights.write_finance }),
        page('/finance/requests/:id/offer', 'page.financing_offer_new', () => import('./OfferNew.vue'), { ...inside, right: rights.write_finance }),
        page('/finance/requests/:id', 'record.financing_request', () => import('./RequestPage.vue'), inside),
        page('/finance/offers/:id', 'record.financing_offer', () => import('./OfferPage.vue'), inside),
        page('/finance/loans', 'page.loans', () => import('./LoansPage.vue'), inside),
        page('/finance/watch', 'page.watch_list', () => import('./LoansPage.vue'), { ...inside, props: { watch: true } }),
        page('/finance/loans/:id', 'record.loan', () => import('./LoanPage.vue'), inside),
        page('/finance/pools', 'page.risk_pools', () => import('./PoolsPage.vue'), inside),
        page('/finance/pools/new', 'page.risk_pool_new', () => import('./PoolNew.vue'), { ...inside, right: rights.run_finance }),
        page('/finance/pools/:id', 'record.risk_pool', () => import('./PoolPage.vue'), inside),
        page('/finance/claims', 'page.pool_claims', () => import('./ClaimsPage.vue'), inside),
        page('/finance/claims/:id', 'record.pool_claim', () => import('./ClaimPage.vue'), inside),
    ],
} satisfies Room;
