// Pages of carbon for the checks of every page, and its steps: the sample product is seen with its flows, computed with a bar; a product is built by hand,
// computed, labelled, reviewed and verified by two strangers, published, and everybody checks its proof.
import { people } from '../people.mjs';

export const open = ['/carbon/labels', '/carbon/labels/label_sample_dried_kelp', '/carbon/factors', '/carbon/factors/factor_grid_cn_2022'];
export const inside = ['/carbon/products', '/carbon/products/product_sample_dried_kelp', '/carbon/footprints/footprint_sample_dried_kelp', '/carbon/products/new', '/carbon/products/product_sample_dried_kelp/edit', '/carbon/products/import', '/carbon/factors/new', '/carbon/requests', '/carbon/partners', '/carbon/partners/pactpartner_sample_buyer_abroad', '/carbon/shared', '/carbon/shared/sharedpcf_sample_dried_kelp', '/carbon/received'];

export default async function (walk) {
    const { step, check, see, settled, choose, watch, page, browser, base, button } = walk, { go, join } = people(walk);
    const text_of = async (tab, selector) => (await tab.locator(selector).first().innerText()).trim();

    await step('the sample product shows its flows and hot spots, and is computed anew with a bar', async () => {
        await page.goto(base + '/carbon/footprints/footprint_sample_dried_kelp'); await see('[data-test=total]'); await see('.chart canvas');
        check(await page.locator('.chart', { hasText: 'Flows of carbon' }).count(), 'no picture of flows');
        check(await page.locator('.chart', { hasText: 'Hot spots' }).count(), 'no hot spots');
        await page.goto(base + '/carbon/products/product_sample_dried_kelp'); await see('[data-test=compute]');
        await page.click('[data-test=compute]'); await page.waitForURL(/footprints\/footprint_(?!sample)[a-z0-9]+$/, { timeout: 60000 }); await settled(page); await see('[data-test=total]');
        return text_of(page, '[data-test=total]');
    });
    await step('the public label says the figure and leads to a proof that holds', async () => {
        await page.goto(base + '/carbon/labels/label_sample_dried_kelp'); await see('.carbon-label'); await see('[data-test=value]');
        check(await text_of(page, '[data-test=standing]') === 'valid', 'the label does not hold');
        await page.click('[data-test=proof]'); await see('.proof-verdict.good, .proof-verdict.almost');
    });

    const exchange = (process, row, name) => `#field-processes-${process}-exchanges-${row}-${name}`;
    /** A line of a process: its name first, so that the page fills in what that tells. */
    async function line(process, row, flow, amount, unit) {
        if (row > 0) await page.locator('.process-card').nth(process).locator('.add-exchange').click();
        await page.fill(exchange(process, row, 'flow'), flow); await page.fill(exchange(process, row, 'amount'), String(amount));
        if (unit) await page.fill(exchange(process, row, 'unit'), unit);
    }
    let label, total;
    await step('a product is built by hand: processes, what they use of each other and of factors, a parameter, the functional unit', async () => {
        await page.goto(base + '/carbon/products'); await settled(page); await page.locator('.page-head .el-button--primary').click(); await page.waitForURL('**/products/new'); await see('.process-card');
        await page.fill('#field-title', 'Bamboo chair of the walk'); await page.fill('#field-product', 'bamboo chair'); await page.fill('#field-area', 'CN-ZJ'); await page.fill('#field-activity_on', '2022-06-30');
        await page.selectOption('#field-product_class', { index: 1 });
        await page.fill('#field-processes-0-name', 'assembly');
        await line(0, 0, 'bamboo chair', 1, 'kg'); await line(0, 1, 'pressed bamboo', '4*waste'); await line(0, 2, 'electricity', 2.5);
        await page.locator('.add-process').click(); await page.fill('#field-processes-1-name', 'pressing'); await page.selectOption('#field-processes-1-stage', 'raw_materials');
        await line(1, 0, 'pressed bamboo', 1, 'kg'); await line(1, 1, 'electricity', 0.8); await line(1, 2, 'CH4', 0.001); await line(1, 3, 'bolts nobody supplies', 0.002, 'kg');
        await page.fill('#field-processes-1-name', 'pressing of bamboo');
        check(await page.inputValue(exchange(0, 2, 'unit')) === 'kWh' && await page.inputValue(exchange(0, 2, 'source')) === 'factor:grid_average', 'electricity did not find its factor');
        check(await page.inputValue(exchange(1, 2, 'source')) === 'nature' && await page.inputValue(exchange(1, 2, 'direction')) === 'output', 'methane did not go to nature');
        check(/From the process pressing of bamboo/.test(await text_of(page, '.process-card')), 'pressed bamboo did not find its process');
        check(/left out/.test(await page.locator('.process-card').nth(1).innerText()), 'nothing says that nobody supplies the bolts');
        await page.locator('.process-card').nth(0).locator('.exchange-row').nth(2).getByRole('button', { name: 'More' }).click();
        await page.fill(exchange(0, 2, 'pedigree'), '(2;2;1;1;1)'); await page.locator('.process-card').nth(0).locator('.exchange-row').nth(2).locator('.el-checkbox').click();
        await page.locator('#field-parameters .add').click(); await page.fill('#field-parameters-0-name', 'waste'); await page.fill('#field-parameters-0-value', '1.1');
        await page.click('.save-bar .el-button--primary'); await page.waitForURL(/products\/product_(?!sample)[a-z0-9]+$/); await see('[data-test=left-out]');
        check(/bolts nobody supplies/.test(await text_of(page, '[data-test=left-out]')), 'the bolts are not among what is left out');
    });
    await step('it is computed with a bar: Sankey, hot spots, the interval of 100,000 draws, factors with their editions', async () => {
        await page.fill('.carbon-compute .el-input-number input >> nth=0', '100000'); await page.keyboard.press('Tab');
        await page.click('[data-test=compute]');
        const computed = page.waitForURL(/footprints\/footprint_(?!sample)[a-z0-9]+$/, { timeout: 60000 });
        await Promise.race([page.locator('.carbon-compute .job [role=progressbar]').waitFor(), computed]); await computed; // a quick machine is through before the bar is seen
        await see('[data-test=total]');
        for (const title of ['Flows of carbon', 'Hot spots', 'Distribution of the draws']) check(await page.locator('.chart', { hasText: title }).count(), `no chart ${title}`);
        check(/100,000 draws/.test(await page.locator('#main').innerText()), 'the draws are not counted');
        check(/CN-ZJ · 2022/.test(await page.locator('#main').innerText()), 'the factor is not named with area and edition');
        total = await text_of(page, '[data-test=total]');
        const chair = 2.5 + 4 * 1.1 * 0.8; // kWh of Zhejiang in 2022, and methane
        check(Math.abs(Number(total) - (chair * 0.5153 + 4 * 1.1 * 0.001 * 29.8)) < 0.01, `the total is ${total}`);
        return total;
    });
    await step('it is held against another product: how often it is lower, and what both use', async () => {
        await page.click('[data-test=compare-open]'); await page.selectOption('[data-test=compare-with]', 'footprint_sample_dried_kelp'); await page.click('[data-test=compare]'); await see('[data-test=lower]');
        check(/%/.test(await text_of(page, '[data-test=lower]')), 'no share is told'); await page.locator('.chart', { hasText: 'Distribution of the difference' }).first().waitFor();
        return text_of(page, '[data-test=lower]');
    });
    await step('a label of it goes over two strangers: none takes two steps, the reason is kept', async () => {
        const reviewer = await join('reviewer@walk.test', 'Rina Reviewer', 'manager', 'org_sample_university_training'), verifier = await join('verifier@walk.test', 'Vera Verifier', 'manager', 'org_sample_carbon_verifier');
        await page.locator('.page-head a', { hasText: 'Make a label' }).click(); await page.waitForURL('**/labels/new**'); await see('#field-reviewer');
        await choose('reviewer', 'training centre'); await choose('verifier', 'carbon verification'); await page.click('.save-bar .el-button--primary'); await page.waitForURL(/labels\/label_(?!sample)[a-z0-9]+$/); label = new URL(page.url()).pathname;
        await see('[data-test=value]'); check((await text_of(page, '[data-test=value]')).startsWith(total), 'the label does not say what its footprint says');
        await button('Submit for review').click(); await page.locator('[data-test=standing]', { hasText: 'submitted' }).waitFor();
        check(!await button('Confirm the review').count(), 'the owner may review its own label');
        const judge = async (tab, name, words, after) => {
            await go(tab, '/carbon/labels'); await tab.locator('.data-table tbody tr', { hasText: 'Bamboo chair of the walk' }).locator('a').first().click(); await tab.waitForURL('**' + label); await settled(tab);
            await tab.locator('a', { hasText: 'See the footprint' }).click(); await tab.locator('[data-test=total]').waitFor(); await tab.goBack(); await settled(tab);
            await tab.getByRole('button', { name, exact: true }).click(); await tab.locator('.el-message-box:visible textarea').fill(words); await tab.locator('.el-message-box:visible .el-button--primary').click();
            await tab.locator('[data-test=standing]', { hasText: after }).waitFor();
        };
        await go(verifier, label); check(!await verifier.getByRole('button', { name: 'Confirm the verification' }).count(), 'verified before it is reviewed');
        await judge(reviewer, 'Confirm the review', 'Boundary, data and cut-off were looked at.', 'reviewed');
        check(!await reviewer.getByRole('button', { name: 'Confirm the verification' }).count(), 'the reviewer may verify, too');
        await judge(verifier, 'Confirm the verification', 'Recomputed with the kept factors.', 'verified');
        await reviewer.context().close(); await verifier.context().close();
    });
    await step('it is published with a number; a stranger opens it, sees it hold and checks its proof', async () => {
        await page.goto(base + label); await see('[data-test=value]'); await button('Publish').click(); await page.locator('[data-test=standing]', { hasText: 'valid' }).waitFor();
        check(/Recomputed with the kept factors/.test(await page.locator('#main').innerText()), 'what the verifier wrote is not kept');
        const context = await browser.newContext({ locale: 'en', viewport: { width: 360, height: 780 } }), stranger = watch(await context.newPage());
        await stranger.goto(base + label); await stranger.locator('.carbon-label').waitFor(); await settled(stranger);
        check(await text_of(stranger, '[data-test=standing]') === 'valid' && (await text_of(stranger, '[data-test=value]')).startsWith(total), 'a stranger sees another label');
        check(await stranger.locator('.carbon-label').evaluate(image => image.complete && image.naturalWidth > 0), 'the picture does not load');
        const number = /CFP-\d{4}-\d{6}/.exec(await stranger.locator('#main').innerText())?.[0]; check(number, 'the label has no number');
        await stranger.click('[data-test=proof]'); await stranger.locator('.proof-verdict.good, .proof-verdict.almost').waitFor();
        await context.close();
        return number;
    });
}
