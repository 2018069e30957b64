// Pages of the carbon market for the checks of every page, and a few steps: an order with its checks, a deal in the page, a certificate.
export const open = ['/market', '/market/markets/market_sample_cea', '/market/markets/market_sample_ccer', '/market/auctions', '/market/auctions/auction_sample_island', '/market/products', '/market/programmes/programme_sample_cea', '/market/products/carbonproduct_sample_ccer_island', '/market/retirements/retirement_sample_ferries'];
export const inside = ['/market/blocks', '/market/blocks/new', '/market/holdings', '/market/issuances', '/market/issuances/issuance_sample_island_2026', '/market/issuances/new', '/market/retirements', '/market/retirements/new', '/market/obligations', '/market/pledges', '/market/pledges/pledge_sample_island', '/market/accounts', '/market/auctions/new'];

export default async ({ expect_status, step, check, see, page, base }) => {
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
};
