// Finance: requests and the offers they bring, loans as they run, the watch list, pools that share losses and claims on them.
import { rights } from '@/app/rights';
import { page, type Room } from '@/app/room';

const inside = { signed_in: true, entry: '/finance' };
const list = () => import('./ListPage.vue'), edit = () => import('./EditPage.vue');

export default {
    order: 30,
    entries: [{ to: '/finance', title_key: 'page.finance', icon: 'finance', key: 'i', signed_in: true, children: [
        { to: '/finance', title_key: 'page.financing_requests', signed_in: true }, { to: '/finance/loans', title_key: 'page.loans', signed_in: true }, { to: '/finance/watch', title_key: 'page.watch_list', signed_in: true },
        { to: '/finance/pools', title_key: 'page.risk_pools', signed_in: true }, { to: '/finance/claims', title_key: 'page.pool_claims', signed_in: true }, { to: '/finance/covers', title_key: 'page.insurance_covers', signed_in: true },
        { to: '/finance/green', title_key: 'page.green_identifications', signed_in: true }, { to: '/finance/bonds', title_key: 'page.green_bonds', signed_in: true }, { to: '/finance/credit', title_key: 'page.credit_file', signed_in: true }, { to: '/finance/stress', title_key: 'page.stress_runs', signed_in: true, right: rights.run_finance },
    ] }],
    records: {
        financing_request: { prefix: 'financing', page: '/finance/requests', api: '/financing-requests' }, financing_offer: { prefix: 'offer', page: '/finance/offers', api: '/financing-offers' },
        loan: { prefix: 'loan', page: '/finance/loans', api: '/loans' }, risk_pool: { prefix: 'pool', page: '/finance/pools', api: '/risk-pools' }, pool_claim: { prefix: 'claim', page: '/finance/claims', api: '/pool-claims' },
        loan_warning: { prefix: 'warning', page: '/finance/warnings', api: '/loan-warnings' }, insurance_cover: { prefix: 'cover', page: '/finance/covers', api: '/insurance-covers' }, insurance_claim: { prefix: 'insuranceclaim', page: '/finance/insurance-claims', api: '/insurance-claims' },
        stress_run: { prefix: 'stress', page: '/finance/stress', api: '/stress-runs' }, green_identification: { prefix: 'green', page: '/finance/green', api: '/green-identifications' },
        green_bond: { prefix: 'bond', page: '/finance/bonds', api: '/green-bonds' }, credit_entry: { prefix: 'creditentry', page: '/finance/credit', api: '/credit-entries' }, credit_consent: { prefix: 'consent', page: '/finance/credit', api: '/credit-consents' }, credit_query: { prefix: 'creditquery', page: '/finance/credit/queries', api: '/credit-queries' },
    },
    pages: [
        page('/finance', 'page.financing_requests', () => import('./RequestsPage.vue'), inside),
        page('/finance/requests/new', 'page.financing_request_new', () => import('./RequestNew.vue'), { ...inside, right: rights.write_finance }),
        page('/finance/requests/:id/offer', 'page.financing_offer_new', () => import('./OfferNew.vue'), { ...inside, right: rights.write_finance }),
        page('/finance/requests/:id', 'record.financing_request', () => import('./RequestPage.vue'), inside),
        page('/finance/offers/:id', 'record.financing_offer', () => import('./OfferPage.vue'), inside),
        page('/finance/loans', 'page.loans', () => import('./LoansPage.vue'), inside),
        page('/finance/watch', 'page.watch_list', list, { ...inside, props: { record: 'loan_warning' } }),
        page('/finance/warnings/:id', 'record.loan_warning', () => import('./WarningPage.vue'), inside),
        page('/finance/late', 'page.late_loans', () => import('./LoansPage.vue'), { ...inside, props: { watch: true } }),
        page('/finance/loans/:id', 'record.loan', () => import('./LoanPage.vue'), inside),
        page('/finance/pools', 'page.risk_pools', () => import('./PoolsPage.vue'), inside),
        page('/finance/pools/new', 'page.risk_pool_new', () => import('./PoolNew.vue'), { ...inside, right: rights.run_finance }),
        page('/finance/pools/:id', 'record.risk_pool', () => import('./PoolPage.vue'), inside),
        page('/finance/claims', 'page.pool_claims', () => import('./ClaimsPage.vue'), inside),
        page('/finance/claims/:id', 'record.pool_claim', () => import('./ClaimPage.vue'), inside),
        page('/finance/covers', 'page.insurance_covers', list, { ...inside, props: { record: 'insurance_cover' } }),
        page('/finance/covers/new', 'page.insurance_cover_new', edit, { ...inside, right: rights.write_finance, props: { record: 'insurance_cover' } }),
        page('/finance/covers/:id', 'record.insurance_cover', () => import('./CoverPage.vue'), inside),
        page('/finance/insurance-claims', 'page.insurance_claims', list, { ...inside, props: { record: 'insurance_claim' } }),
        page('/finance/insurance-claims/:id', 'record.insurance_claim', () => import('./InsuranceClaimPage.vue'), inside),
        page('/finance/stress', 'page.stress_runs', list, { ...inside, right: rights.run_finance, props: { record: 'stress_run' } }),
        page('/finance/stress/new', 'page.stress_run_new', () => import('./SendPage.vue'), { ...inside, right: rights.run_finance, props: { record: 'stress_request', brings: 'stress_run', operation: 'stress_run_create' } }),
        page('/finance/stress/:id', 'record.stress_run', () => import('./StressPage.vue'), { ...inside, right: rights.run_finance }),
        page('/finance/green', 'page.green_identifications', list, { ...inside, props: { record: 'green_identification' } }),
        page('/finance/green/new', 'page.green_identification_new', edit, { ...inside, right: rights.write_finance, props: { record: 'green_identification' } }),
        page('/finance/green/:id', 'record.green_identification', () => import('./GreenPage.vue'), inside),
        page('/finance/bonds', 'page.green_bonds', list, { ...inside, props: { record: 'green_bond' } }),
        page('/finance/bonds/new', 'page.green_bond_new', edit, { ...inside, right: rights.sign_finance, props: { record: 'green_bond' } }),
        page('/finance/bonds/:id', 'record.green_bond', () => import('./BondPage.vue'), inside),
        page('/finance/credit', 'page.credit_file', () => import('./CreditPage.vue'), inside),
        page('/finance/credit/read', 'page.credit_query_new', () => import('./SendPage.vue'), { ...inside, right: rights.write_finance, props: { record: 'credit_query_request', brings: 'credit_query', operation: 'credit_query_make' } }),
        page('/finance/credit/consents/new', 'page.credit_consent_new', edit, { ...inside, right: rights.sign_finance, props: { record: 'credit_consent' } }),
        page('/finance/credit/entries/new', 'page.credit_entry_new', edit, { ...inside, right: rights.run_finance, props: { record: 'credit_entry' } }),
        page('/finance/credit/queries/:id', 'record.credit_query', () => import('./CreditQueryPage.vue'), inside),
    ],
} satisfies Room;
