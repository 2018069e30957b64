// The ledger: accounts and their statements, transfers by two pairs of eyes, reports that add up to zero.
import { page, record_pages, type Room } from '@/app/room';
import { rights } from '@/app/rights';

export default {
    order: 60,
    entries: [
        {
            to: '/ledger', title_key: 'page.ledger', icon: 'ledger', key: 'k', signed_in: true,
            children: [
                { to: '/ledger', title_key: 'page.accounts' },
                { to: '/ledger/orders', title_key: 'page.orders', right: rights.read_ledger },
                { to: '/ledger/trial-balance', title_key: 'page.trial_balance', right: rights.read_ledger },
                { to: '/ledger/reconciliation', title_key: 'page.reconciliation', right: rights.read_ledger },
            ],
        },
    ],
    records: {
        account: { prefix: 'account', page: '/ledger/accounts', api: '/ledger/accounts' },
        asset: { prefix: 'asset', page: '/ledger/assets', api: '/ledger/assets' },
        transfer_order: { prefix: 'order', page: '/ledger/orders', api: '/ledger/orders' },
    },
    pages: [
        page('/ledger', 'page.ledger', () => import('./AccountsPage.vue'), { signed_in: true, entry: '/ledger' }),
        page('/ledger/orders', 'page.orders', () => import('./OrdersPage.vue'), { signed_in: true, right: rights.read_ledger, entry: '/ledger' }),
        page('/ledger/trial-balance', 'page.trial_balance', () => import('./TrialBalancePage.vue'), { signed_in: true, right: rights.read_ledger, entry: '/ledger' }),
        page('/ledger/reconciliation', 'page.reconciliation', () => import('./ReconciliationPage.vue'), { signed_in: true, right: rights.read_ledger, entry: '/ledger' }),
        page('/ledger/statements/:id', 'page.statement_check', () => import('./StatementCheckPage.vue'), { entry: '/ledger' }),
        ...record_pages('account', '/ledger/accounts', () => import('./AccountPage.vue'), () => import('./EditPage.vue'), { entry: '/ledger' }),
        ...record_pages('transfer_order', '/ledger/orders', () => import('./OrderPage.vue'), () => import('./EditPage.vue'), { entry: '/ledger' }),
        page('/ledger/assets/:id', 'record.asset', () => import('./AssetPage.vue'), { entry: '/ledger' }),
    ],
} satisfies Room;
