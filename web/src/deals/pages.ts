// Deals: interests through an adviser, the pipeline, contracts with their escrow, valuations.
import { page, record_pages, type Room } from '@/app/room';
import { rights } from '@/app/rights';

const inside = { signed_in: true, entry: '/deals' };

export default {
    order: 25,
    entries: [{ to: '/deals', title_key: 'page.deals', icon: 'deals', key: 'd', signed_in: true, children: [
        { to: '/deals', title_key: 'page.deals_all', signed_in: true }, { to: '/deals/interests', title_key: 'page.interests', signed_in: true }, { to: '/deals/contracts', title_key: 'page.contracts', signed_in: true },
        { to: '/deals/escrow', title_key: 'page.escrow_orders', signed_in: true }, { to: '/deals/valuations', title_key: 'page.valuations', signed_in: true }, { to: '/deals/clauses', title_key: 'page.clauses' },
    ] }],
    records: {
        interest: { prefix: 'interest', page: '/deals/interests', api: '/interests' }, deal: { prefix: 'deal', page: '/deals', api: '/deals' }, contract: { prefix: 'contract', page: '/deals/contracts', api: '/contracts' },
        escrow_order: { prefix: 'escrow', page: '/deals/escrow', api: '/escrow-orders' }, valuation: { prefix: 'valuation', page: '/deals/valuations', api: '/valuations' },
    },
    pages: [
        page('/deals', 'page.deals', () => import('./DealsPage.vue'), inside),
        page('/deals/interests', 'page.interests', () => import('./interest/InterestsPage.vue'), inside),
        page('/deals/interests/new', 'page.interest_new', () => import('./interest/InterestNew.vue'), { ...inside, right: rights.write_deals }),
        page('/deals/interests/:id', 'record.interest', () => import('./interest/InterestPage.vue'), inside),
        page('/deals/contracts', 'page.contracts', () => import('./contract/ContractsPage.vue'), inside),
        page('/deals/contracts/:id/versions', 'page.contract_versions', () => import('./contract/VersionsPage.vue'), inside),
        ...record_pages('contract', '/deals/contracts', () => import('./contract/ContractPage.vue'), () => import('./contract/ContractEdit.vue'), inside),
        page('/deals/escrow', 'page.escrow_orders', () => import('./contract/OrdersPage.vue'), inside),
        page('/deals/escrow/:id', 'record.escrow_order', () => import('./contract/OrderPage.vue'), inside),
        page('/deals/clauses', 'page.clauses', () => import('./contract/ClausesPage.vue'), { entry: '/deals' }),
        page('/deals/valuations', 'page.valuations', () => import('./valuation/ValuationsPage.vue'), inside),
        ...record_pages('valuation', '/deals/valuations', () => import('./valuation/ValuationPage.vue'), () => import('./valuation/ValuationEdit.vue'), inside),
        ...record_pages('deal', '/deals', () => import('./DealPage.vue'), () => import('./DealEdit.vue'), inside),
    ],
} satisfies Room;
