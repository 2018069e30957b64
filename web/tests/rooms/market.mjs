// Pages of the carbon market for the checks of every page, and one day of it: four eyes issue, two firms trade in the page, what was bought today is not
// sold today, a block, an auction, the candle of the day, a surrender on the last day.
import { people } from '../people.mjs';

export const open = ['/market', '/market/index', '/market/calendar', '/market/news', '/market/news/news_sample_island_market', '/market/borders', '/market/markets/market_sample_cea', '/market/markets/market_sample_ccer', '/market/auctions', '/market/auctions/auction_sample_island', '/market/products', '/market/programmes/programme_sample_cea', '/market/products/carbonproduct_sample_ccer_island', '/market/retirements/retirement_sample_ferries'];
export const inside = ['/market/blocks', '/market/blocks/new', '/market/holdings', '/market/issuances', '/market/issuances/issuance_sample_island_2026', '/market/issuances/new', '/market/retirements', '/market/retirements/new', '/market/obligations', '/market/pledges', '/market/pledges/pledge_sample_island', '/market/accounts', '/market/auctions/new', '/market/carry-overs', '/market/carry-overs/new', '/market/news/new', '/market/calendar/new', '/market/borders/new', '/market/border-deals/new', '/market/surveillance'];

export default async walk => {
    const { expect_status, step, check, see, settled, page, base } = walk, { send, press, agree, go, join } = people(walk);

    await step('prices of the sample market stand as candles with volume, averages and their convergence', async () => {
        await page.goto(base + '/market/markets/market_sample_cea'); await see('.market-facts'); await see('.chart');
        await page.locator('.chart button[aria-pressed]').first().click(); await see('.chart .table tbody tr');
        const rows = await page.locator('.chart .table tbody tr').count();
        check(rows > 400, `only ${rows} days`);
        return `${rows} days`;
    });
    await step('a certificate says what ended and that its numbers rest', async () => {
        await page.goto(base + '/market/retirements/retirement_sample_ferries'); await see('.panel .tag.good');
        check((await page.textContent('.panel .market-price')).includes('600'), 'not 600 tonnes');
    });
    await step('the ticket says what the market will check before an order is sent', async () => {
        expect_status(409, '/check'); // the administrator's organisation has no account at the registry
        await page.goto(base + '/market/markets/market_sample_ccer'); await see('.market-ticket input[name=price]');
        await page.fill('.market-ticket input[name=price]', '68.00'); await page.fill('.market-ticket input[name=quantity]', '10');
        await see('.market-ticket [role=status], .market-ticket .refused');
    });

    let seller, buyer, desk, programme, product, market;
    const place = async (tab, side, price, quantity) => { // by the ticket, as people do
        if (side === 'Sell') await tab.locator('.market-ticket .el-radio-button', { hasText: 'Sell' }).click();
        await tab.fill('.market-ticket input[name=price]', price); await tab.fill('.market-ticket input[name=quantity]', String(quantity));
        await tab.locator('.market-ticket [role=status]').waitFor();
    };
    await step('market: two firms with money and accounts at the registry; the desk asks for allowances, the administrator issues them on the page', async () => {
        let count = 0;
        const firm = async (name, amount) => {
            const id = (await send(page, 'POST', '/organisations', { name: { en: name }, kind: 'enterprise', country: 'CN' })).id;
            const account = (await send(page, 'POST', '/ledger/accounts', { title: { en: 'Deposit of the walk' }, owner: id, purpose: 'customer', asset: 'asset_sample_cny', rule: 'debits_must_not_exceed_credits' })).id;
            await send(page, 'POST', '/ledger/transfer', { id: 'transfer_1' + (Date.now() * 10 + ++count).toString().padStart(25, '0'), debit: 'account_sample_settlement_cny', credit: account, amount });
            return { id, account };
        };
        seller = await firm('Power plant of the walk', '1000.00'); buyer = await firm('Cement works of the walk', '100000.00');
        seller.tab = await join('seller@walk.test', 'Sun Seller', 'manager', seller.id); buyer.tab = await join('cement@walk.test', 'Bai Buyer', 'manager', buyer.id);
        desk = await join('registry@walk.test', 'Dee Registrar', 'officer');
        for (const one of [seller, buyer]) await send(desk, 'POST', `/registry-accounts/${(await send(one.tab, 'POST', '/registry-accounts', { kind: 'trading' })).id}/decide`, { state: 'open' });
        programme = (await send(desk, 'POST', '/carbon-programmes', { code: 'WALK', kind: 'allowances', name: { en: 'Allowances of the walk' }, country: 'CN', registry: 'the walk', source: 'the walk' })).id;
        product = (await send(desk, 'POST', '/carbon-products', { programme, name: { en: 'Allowances of the walk 2025' }, vintage: 2025, host_country: 'CN', serial_prefix: 'W-25' })).id;
        const issuance = (await send(desk, 'POST', '/issuances', { product, organisation: seller.id, tonnes: 5000, period_from: '2025-01-01', period_to: '2025-12-31', evidence: 'notice of the walk' })).id;
        await go(page, `/market/issuances/${issuance}`); await agree(page, 'Issue'); await page.locator('.page-head .tag', { hasText: 'issued' }).first().waitFor();
        market = (await send(desk, 'POST', '/markets', { code: 'WALK25', name: { en: 'Market of the walk' }, product, currency: 'CNY', first_close: '50.00', rules: [{ edition: 'walk', source: 'the walk', allocation: 'price_time', self_trade: 'cancel_newer', price_limit: 10, resale_days: 1, block_quantity_min: 1000, block_price_limit: 30 }] })).id;
    });
    await step('market: one offers, the other buys; depth, deal and price stand on both pages', async () => {
        await go(seller.tab, `/market/markets/${market}`); await place(seller.tab, 'Sell', '50.00', 100); await seller.tab.locator('.market-ticket .el-button--primary').click();
        await seller.tab.locator('.panel', { hasText: 'Our orders' }).locator('tbody tr').first().waitFor();
        await go(buyer.tab, `/market/markets/${market}`); await buyer.tab.locator('.market-depth', { hasText: '50.00' }).first().waitFor();
        await place(buyer.tab, 'Buy', '51.00', 40);
        check(/2,?040/.test(await buyer.tab.textContent('.market-ticket [role=status]')), 'the ticket does not say what is held');
        await buyer.tab.locator('.market-ticket .el-button--primary').click();
        await buyer.tab.locator('.panel', { hasText: 'Latest deals' }).locator('tbody tr', { hasText: '40 t' }).waitFor();
        check((await send(page, 'GET', `/ledger/accounts/${seller.account}`)).balance === '3000.00', 'the seller was not paid');
    });
    await step('market: what was bought today is not sold today, and the ticket says so', async () => {
        await go(buyer.tab, `/market/markets/${market}`); await place(buyer.tab, 'Sell', '50.00', 40);
        await buyer.tab.locator('.market-ticket [role=status] .tag.bad').waitFor();
        await buyer.tab.locator('.market-ticket .el-button--primary').click(); await buyer.tab.locator('.market-ticket .refused').waitFor();
        return (await buyer.tab.textContent('.market-ticket .refused')).trim();
    });
    await step('market: a block is settled when the other side accepts it on the page', async () => {
        await send(seller.tab, 'POST', '/block-trades', { market, seller: seller.id, buyer: buyer.id, price: '55.00', quantity: 1000 });
        await go(buyer.tab, '/market/blocks'); await agree(buyer.tab, 'Accept');
        await buyer.tab.locator('tbody tr', { hasText: 'settled' }).first().waitFor();
        check((await send(page, 'GET', `/ledger/accounts/${seller.account}`)).balance === '58000.00', 'the block was not paid');
    });
    await step('market: an auction takes a bid on the page and is closed by its seller', async () => {
        const auction = (await send(seller.tab, 'POST', '/carbon-auctions', { market, title: { en: 'Auction of the walk' }, quantity: 200, reserve: '48.00', closes_at: '2090-01-01T00:00:00Z' })).id;
        await go(buyer.tab, `/market/auctions/${auction}`); await buyer.tab.fill('input[name=price]', '52.00'); await buyer.tab.fill('input[name=quantity]', '200'); await press(buyer.tab, 'Bid');
        for (let i = 0; !(await send(buyer.tab, 'GET', '/auction-bids')).items.length; i++) { check(i < 20, 'no bid'); await buyer.tab.waitForTimeout(200); }
        await go(seller.tab, `/market/auctions/${auction}`); await agree(seller.tab, 'Close and settle'); await seller.tab.locator('.page-head .tag', { hasText: 'closed' }).first().waitFor();
        check((await send(page, 'GET', `/ledger/accounts/${seller.account}`)).balance === '68400.00', 'the auction was not paid');
    });
    await step('market: the candle of the day counts listed deals alone; blocks and auctions stand beside', async () => {
        await go(page, `/market/markets/${market}`); await see('.chart'); await page.locator('.chart button[aria-pressed]').first().click(); await see('.chart .table tbody tr');
        const row = await page.locator('.chart .table tbody tr').last().innerText();
        check(/50/.test(row) && /\b40\b/.test(row), `the candle is ${row}`);
        const [day] = (await send(page, 'GET', `/markets/${market}/days`)).items;
        check(day.open === 50 && day.close === 50 && day.volume === 40 && day.block_volume === 1000 && day.auction_volume === 200, JSON.stringify(day));
    });
    await step('market: on the last day the firm surrenders what it owes, and owes nothing', async () => {
        const today = new Date().toISOString().slice(0, 10);
        await send(desk, 'POST', '/compliance-obligations', { organisation: buyer.id, programme, year: 2025, unit_class: 'other', supply_mwh: 0, emissions: 1200, due_on: today });
        await go(buyer.tab, '/market/obligations'); const card = buyer.tab.locator('.obligation', { hasText: 'Cement works' });
        await card.locator('select').selectOption(product); await card.locator('input[type=number]').fill('1200'); await card.getByRole('button', { name: 'Surrender', exact: true }).click();
        await card.locator('.tag.good', { hasText: 'met' }).waitFor();
        check((await send(buyer.tab, 'GET', '/carbon-holdings')).items[0].tonnes === 40, 'not 40 tonnes are left');
    });
    await step('market: what is left is carried over to the next year within what the notice allows', async () => {
        const next = (await send(desk, 'POST', '/carbon-products', { programme, name: { en: 'Allowances of the walk 2026' }, vintage: 2026, host_country: 'CN', serial_prefix: 'W-26' })).id;
        const obligation = (await send(desk, 'GET', '/compliance-obligations')).items.find(one => one.obligation.organisation === buyer.id).obligation.id;
        expect_status(409, '/carry-overs');
        check(await send(desk, 'POST', '/carry-overs', { obligation, from_product: product, to_product: next, tonnes: 40, base_tonnes: 30, source: 'notice of the walk' }).then(() => false, () => true), 'more than the notice allows was taken');
        await send(desk, 'POST', '/carry-overs', { obligation, from_product: product, to_product: next, tonnes: 30, base_tonnes: 30, source: 'notice of the walk' });
        await go(buyer.tab, '/market/holdings'); await buyer.tab.locator('.market-cards li', { hasText: '2026' }).first().waitFor();
    });
    await step('market: the exchange calls both sides to one price, a buyer calls for offers, both by bids on the page', async () => {
        const close = async (tab, auction) => { await go(tab, `/market/auctions/${auction}`); await agree(tab, 'Close and settle'); await tab.locator('.page-head .tag', { hasText: 'closed' }).first().waitFor(); };
        const bid = async (tab, auction, price, quantity, side) => {
            await go(tab, `/market/auctions/${auction}`); if (side) await tab.selectOption('select[name=side]', side);
            await tab.fill('input[name=price]', price); await tab.fill('input[name=quantity]', String(quantity)); await press(tab, 'Bid');
            await tab.locator('.panel', { hasText: 'Bids' }).locator('tbody tr', { hasText: price }).first().waitFor();
        };
        const called = (await send(desk, 'POST', '/carbon-auctions', { market, kind: 'call', title: { en: 'Call of the walk' }, closes_at: '2090-01-01T00:00:00Z' })).id;
        await bid(seller.tab, called, '49.00', 50, 'sell'); await bid(buyer.tab, called, '53.00', 30, 'buy'); await close(desk, called);
        const dealt = await send(page, 'GET', `/carbon-auctions/${called}`);
        check(dealt.price === '49.00' && dealt.sold === 30 && dealt.surplus === -20, JSON.stringify(dealt));
        const wanted = (await send(buyer.tab, 'POST', '/carbon-auctions', { market, kind: 'purchase', title: { en: 'Wanted by the walk' }, quantity: 20, reserve: '60.00', closes_at: '2090-01-01T00:00:00Z' })).id;
        await bid(seller.tab, wanted, '51.00', 20); await close(buyer.tab, wanted);
        check((await send(page, 'GET', `/carbon-auctions/${wanted}`)).price === '51.00', 'the offer was not taken');
        return `one price ${dealt.price}`;
    });
    await step('market: two firms deal across a border; the exchange settles net in two currencies and both ledgers prove it', async () => {
        const account = (owner, purpose, asset, rule) => send(page, 'POST', '/ledger/accounts', { title: { en: 'Border of the walk' }, owner, purpose, asset, rule }).then(one => one.id);
        const centre = (await send(page, 'GET', '/session')).organisation.id, abroad = (await send(page, 'POST', '/organisations', { name: { en: 'Steppe plant of the walk' }, kind: 'enterprise', country: 'KZ' })).id;
        await account(centre, 'exchange', 'asset_sample_kzt', 'free'); const money = await account(abroad, 'customer', 'asset_sample_kzt', 'debits_must_not_exceed_credits');
        await send(page, 'POST', '/ledger/transfer', { id: 'transfer_2' + Date.now().toString().padStart(25, '0'), debit: await account(centre, 'settlement', 'asset_sample_kzt', 'free'), credit: money, amount: '5000000.00' });
        const tab = await join('steppe@walk.test', 'Aigul Steppe', 'manager', abroad);
        await send(desk, 'POST', `/registry-accounts/${(await send(tab, 'POST', '/registry-accounts', { kind: 'trading' })).id}/decide`, { state: 'open' });
        const there = (await send(desk, 'POST', '/carbon-programmes', { code: 'WALKKZ', kind: 'credits', name: { en: 'Units of the steppe' }, country: 'KZ', registry: 'the walk', source: 'the walk' })).id;
        const units = (await send(desk, 'POST', '/carbon-products', { programme: there, name: { en: 'Units of the steppe 2026' }, vintage: 2026, host_country: 'KZ', adjustment: 'applied', serial_prefix: 'W-KZ' })).id;
        const outside = (await send(desk, 'POST', '/markets', { code: 'WALKKZ', name: { en: 'Market of the steppe' }, product: units, currency: 'KZT', simulation: true, rules: [{ edition: 'walk', source: 'the walk' }] })).id;
        const arrangement = (await send(desk, 'POST', '/border-arrangements', { code: 'WALK-KZ', name: { en: 'Border of the walk' }, home: market, abroad: outside, rate_basis: 'quoted', products: [{ product, adjustment_needed: 'none' }], members: [{ organisation: seller.id, code: 'WALK-CN', currency: 'CNY' }, { organisation: abroad, code: 'WALK-STEPPE', currency: 'KZT' }], source: 'the walk' })).id;
        await send(seller.tab, 'POST', '/border-deals', { arrangement, seller: seller.id, buyer: abroad, product, tonnes: 100, price: '50.00' });
        await go(tab, `/market/borders/${arrangement}`); await agree(tab, 'Accept'); await tab.locator('tbody tr', { hasText: 'agreed' }).first().waitFor();
        await go(desk, `/market/borders/${arrangement}`); await desk.fill('input[name=rate]', '0.0142'); await desk.fill('input[name=rate_source]', 'both treasurers'); await press(desk, 'Settle net');
        await desk.waitForURL(/market\/settlements/); await desk.waitForTimeout(1500); await desk.reload(); await desk.locator('[data-test=proved].good').waitFor();
        const paper = await desk.evaluate(async path => (await (await fetch(path)).text()).slice(0, 4), await desk.locator('.page-head a', { hasText: 'PDF' }).getAttribute('href'));
        check(paper === '%PDF', `not a PDF: ${paper}`);
        const text = await desk.textContent('.market-statement');
        check(text.includes('position WALK-CN CNY 5000.00 KZT 0.00 settles 5000.00 CNY'), text);
        check((await send(page, 'GET', `/ledger/accounts/${money}`)).balance === '4647887.32', 'the money abroad is wrong');
        return text.split('\n')[4];
    });
    await step('market: surveillance shows the book at any instant; news and a day of the calendar are published on the page', async () => {
        await go(desk, '/market/surveillance'); await desk.selectOption('select[name=market]', market); await desk.fill('input[name=instant]', 'c1'); await press(desk, 'Show');
        await desk.locator('.past-book tbody tr', { hasText: '100 t' }).waitFor(); await press(desk, 'Look at the day'); await desk.locator('[role=status]').first().waitFor();
        await send(desk, 'POST', '/market-news', { market, title: { en: 'News of the walk' }, body: { en: 'All is settled.' }, published_on: new Date().toISOString().slice(0, 10) });
        await send(desk, 'POST', '/market-events', { market, day: new Date().toISOString().slice(0, 10), kind: 'notice', title: { en: 'Day of the walk' } });
        await go(page, '/market/news'); await page.locator('.market-cards li', { hasText: 'News of the walk' }).waitFor();
        await go(page, '/market/calendar'); await page.selectOption('select[name=market]', market); await page.locator('.calendar tr', { hasText: 'Day of the walk' }).waitFor();
        await go(page, '/market/index'); await see('.chart');
    });
};
