// The lists of the room by section, as finance has them.
import { rights } from '@/app/rights';
import type { Section } from '@/finance/sections';

const inside = { signed_in: true };
export const sections: Section[] = [
    { title_key: 'page.markets', entries: [{ to: '/market', title_key: 'page.markets' }] },
    { title_key: 'page.index_and_days', entries: [{ to: '/market/index', title_key: 'page.carbon_indices' }, { to: '/market/calendar', title_key: 'page.market_calendar' }, { to: '/market/news', title_key: 'page.market_news' }] },
    { title_key: 'page.auctions_and_blocks', entries: [{ to: '/market/auctions', title_key: 'page.carbon_auctions' }, { to: '/market/blocks', title_key: 'page.block_trades', ...inside }] },
    { title_key: 'page.borders', entries: [{ to: '/market/borders', title_key: 'page.borders' }] },
    { title_key: 'page.own_tonnes', entries: [{ to: '/market/holdings', title_key: 'page.carbon_holdings', ...inside }, { to: '/market/retirements', title_key: 'page.retirements', ...inside }, { to: '/market/pledges', title_key: 'page.carbon_pledges', ...inside }] },
    { title_key: 'page.compliance_and_carry', entries: [{ to: '/market/obligations', title_key: 'page.obligations', ...inside }, { to: '/market/carry-overs', title_key: 'page.carry_overs', ...inside }] },
    { title_key: 'page.registry_lists', entries: [{ to: '/market/products', title_key: 'page.carbon_products' }, { to: '/market/issuances', title_key: 'page.issuances', ...inside }, { to: '/market/accounts', title_key: 'page.registry_accounts', ...inside }] },
    { title_key: 'page.surveillance', entries: [{ to: '/market/surveillance', title_key: 'page.surveillance', ...inside, right: rights.run_exchange }] },
];
