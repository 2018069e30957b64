// Pages of cities for the checks of every page, and its steps: an island's balance with its interval, the certificate issued and its proof checked, a weight moved.
export const open = ['/cities', '/cities/territories', '/cities/territories/territory_sample_island', '/cities/inventories/balance_sample_island_2026', '/cities/indices/cityindex_sample_2025', '/cities/alliance', '/cities/certificates', '/cities/certificates/zerocert_sample_island_2026', '/cities/peaks/peak_sample_bay_city', '/cities/targets/target_sample_south_2026', '/cities/assessments/assessment_sample_dairy', '/cities/dashboard/territory_sample_bay_city', '/cities/screen/territory_sample_bay_city'];
export const inside = ['/cities/territories/new', '/cities/inventories/new', '/cities/certificates/new', '/cities/peaks/new', '/cities/targets/new', '/cities/assessments/new', '/cities/assets'];

export default async ({ step, check, see, settled, page, base }) => {
    await step('an island shows its net balance with the interval, and why it changed', async () => {
        await page.goto(base + '/cities/territories/territory_sample_island'); await see('[data-test=net]'); await see('[data-test=interval]');
        const net = (await page.locator('[data-test=net]').innerText()).trim();
        check(/^[-−]/.test(net), `the net balance is ${net}`);
        await page.locator('[data-test=year]').first().click(); await page.waitForURL(/inventories\/balance_/); await see('[data-test=change]');
        check((await page.locator('[data-test=net]').innerText()).trim() === net, 'island and inventory show different balances');
        return net;
    });
    await step('the bank issues the certificate that waits for it, and its proof holds', async () => {
        await page.goto(base + '/cities/certificates/zerocert_sample_skerry_2025'); await see('[data-test=standing]');
        await page.getByRole('button', { name: 'Issue', exact: true }).click(); await see('[data-test=number]');
        check((await page.locator('[data-test=standing]').innerText()).trim() === 'valid', 'the certificate does not hold');
        const number = (await page.locator('[data-test=number]').innerText()).trim();
        await page.click('[data-test=proof]'); await see('.proof-verdict.good, .proof-verdict.almost');
        return number;
    });
    await step('a plan of reductions with technologies of the library stands on the curve', async () => {
        await page.goto(base + '/cities/peaks/peak_sample_bay_city'); await see('[data-test=peak]');
        check(await page.locator('a[href^="/library/technologies/tech_sample"]').count() >= 5, 'no technologies on the curve');
        return (await page.locator('[data-test=peak]').innerText()).trim();
    });
    await step('another weight moves the intervals of the ranks', async () => {
        await page.goto(base + '/cities/indices/cityindex_sample_2025'); await see('.league tbody tr'); await settled(page);
        const before = await page.locator('.league [data-test=interval]').allInnerTexts();
        await page.locator('#weight-economy').fill('50'); await page.click('[data-test=try]'); await see('[data-test=tried]');
        const after = await page.locator('.league [data-test=interval]').allInnerTexts();
        check(before.length === 20 && before.join() !== after.join(), 'no interval moved');
    });
};
