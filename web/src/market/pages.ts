// The carbon market: prices and orders, auctions and blocks, the registry with certificates and obligations, pledges.
import { rights } from '@/app/rights';
import type { RouteRecordRaw } from 'vue-router';
import { page, record_pages, type Room } from '@/app/room';
import { menu_of } from '@/finance/sections';
import { sections } from './sections';

const inside = { signed_in: true };
const edit = () => import('./EditPage.vue'), notice = () => import('./NoticePage.vue');
/** Everybody reads; the exchange enters and changes. A page shared by two records is told which one. */
const from_exchange = (record?: string) => (one: RouteRecordRaw, index: number): RouteRecordRaw => index < 2 ? { ...one, meta: { ...one.meta, right: rights.run_exchange } } : record ? { ...one, props: (route: { params: { id: string } }) => ({ id: route.params.id, record }) } as RouteRecordRaw : one;

/** What has no page of its own stands in its list. */
const in_list = (path: string, list = path): RouteRecordRaw => ({ path: `${path}/:id`, redirect: list });

export default {
    order: 66,
    entries: [{ to: '/market', title_key: 'room.market', icon: 'market', key: 'c', children: menu_of(sections) }],
    records: {
        market: { prefix: 'market', page: '/market/markets', api: '/markets' }, carbon_auction: { prefix: 'auction', page: '/market/auctions', api: '/carbon-auctions' },
        block_trade: { prefix: 'blocktrade', page: '/market/blocks', api: '/block-trades' }, issuance: { prefix: 'issuance', page: '/market/issuances', api: '/issuances' },
        retirement: { prefix: 'retirement', page: '/market/retirements', api: '/retirements' }, carbon_pledge: { prefix: 'pledge', page: '/market/pledges', api: '/carbon-pledges' },
        registry_account: { prefix: 'registry', page: '/market/accounts', api: '/registry-accounts' }, carbon_product: { prefix: 'carbonproduct', page: '/market/products', api: '/carbon-products' },
        compliance_obligation: { prefix: 'obligation', page: '/market/obligations', api: '/compliance-obligations' }, carry_over: { prefix: 'carryover', page: '/market/carry-overs', api: '/carry-overs' }, border_arrangement: { prefix: 'arrangement', page: '/market/borders', api: '/border-arrangements' },
        border_deal: { prefix: 'borderdeal', page: '/market/border-deals', api: '/border-deals' }, border_settlement: { prefix: 'bordersettlement', page: '/market/settlements', api: '/border-settlements' },
        market_news: { prefix: 'news', page: '/market/news', api: '/market-news' }, market_event: { prefix: 'marketevent', page: '/market/calendar', api: '/market-events' }, carbon_programme: { prefix: 'programme', page: '/market/programmes', api: '/carbon-programmes' },
    },
    pages: [
        page('/market', 'page.markets', () => import('./MarketsPage.vue')),
        page('/market/markets/:id', 'record.market', () => import('./MarketPage.vue')),
        page('/market/auctions', 'page.carbon_auctions', () => import('./AuctionsPage.vue')),
        page('/market/auctions/new', 'page.carbon_auction_new', edit, { ...inside, props: { record: 'carbon_auction' } }),
        page('/market/auctions/:id', 'record.carbon_auction', () => import('./AuctionPage.vue')),
        page('/market/blocks', 'page.block_trades', () => import('./ListPage.vue'), { ...inside, props: { record: 'block_trade' } }),
        page('/market/blocks/new', 'page.block_trade_new', edit, { ...inside, props: { record: 'block_trade' } }),
        page('/market/holdings', 'page.carbon_holdings', () => import('./HoldingsPage.vue'), inside),
        page('/market/issuances', 'page.issuances', () => import('./ListPage.vue'), { ...inside, props: { record: 'issuance' } }),
        page('/market/issuances/new', 'page.issuance_new', edit, { ...inside, props: { record: 'issuance' } }),
        page('/market/issuances/:id', 'record.issuance', () => import('./IssuancePage.vue'), inside),
        page('/market/retirements', 'page.retirements', () => import('./ListPage.vue'), { ...inside, props: { record: 'retirement' } }),
        page('/market/retirements/new', 'page.retirement_new', edit, { ...inside, props: { record: 'retirement' } }),
        page('/market/retirements/:id', 'record.retirement', () => import('./CertificatePage.vue')),
        page('/market/obligations', 'page.obligations', () => import('./ObligationsPage.vue'), inside),
        page('/market/obligations/new', 'page.obligation_new', edit, { ...inside, right: rights.keep_registry, props: { record: 'compliance_obligation' } }),
        page('/market/carry-overs', 'page.carry_overs', () => import('./ListPage.vue'), { ...inside, props: { record: 'carry_over' } }),
        page('/market/carry-overs/new', 'page.carry_over_new', edit, { ...inside, right: rights.keep_registry, props: { record: 'carry_over' } }),
        page('/market/pledges', 'page.carbon_pledges', () => import('./ListPage.vue'), { ...inside, props: { record: 'carbon_pledge' } }),
        page('/market/pledges/new', 'page.carbon_pledge_new', edit, { ...inside, props: { record: 'carbon_pledge' } }),
        page('/market/pledges/:id', 'record.carbon_pledge', () => import('./PledgePage.vue'), inside),
        page('/market/accounts', 'page.registry_accounts', () => import('./ListPage.vue'), { ...inside, props: { record: 'registry_account' } }),
        page('/market/accounts/new', 'page.registry_account_new', edit, { ...inside, props: { record: 'registry_account' } }),
        page('/market/products', 'page.carbon_products', () => import('./ListPage.vue'), { props: { record: 'carbon_product' } }),
        page('/market/index', 'page.carbon_indices', () => import('./IndexPage.vue')),
        page('/market/calendar', 'page.market_calendar', () => import('./CalendarPage.vue')),
        ...record_pages('market_event', '/market/calendar', notice, edit).map(from_exchange('market_event')),
        page('/market/news', 'page.market_news', () => import('./NewsPage.vue')),
        ...record_pages('market_news', '/market/news', notice, edit).map(from_exchange('market_news')),
        page('/market/borders', 'page.borders', () => import('./BordersPage.vue')),
        ...record_pages('border_arrangement', '/market/borders', () => import('./ArrangementPage.vue'), edit).map(from_exchange()),
        page('/market/border-deals/new', 'page.border_deal_new', edit, { ...inside, props: { record: 'border_deal' } }),
        in_list('/market/border-deals', '/market/borders'), in_list('/market/blocks'), in_list('/market/obligations'), in_list('/market/carry-overs'), in_list('/market/accounts'),
        page('/market/settlements/:id', 'record.border_settlement', () => import('./SettlementPage.vue')),
        page('/market/surveillance', 'page.surveillance', () => import('./SurveillancePage.vue'), { ...inside, right: rights.run_exchange }),
        page('/market/programmes/:id', 'record.carbon_programme', () => import('./ProgrammePage.vue')),
        page('/market/products/:id', 'record.carbon_product', () => import('./ProductPage.vue')),
    ],
} satisfies Room;
