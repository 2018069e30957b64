// Pages of carbon for the checks of every page, and its steps: the sample product is seen with its flows, computed with a bar, labelled, and its proof checked.
export const open = ['/carbon/labels', '/carbon/labels/label_sample_dried_kelp', '/carbon/factors', '/carbon/factors/factor_grid_cn_2022'];
export const inside = ['/carbon/products', '/carbon/products/product_sample_dried_kelp', '/carbon/footprints/footprint_sample_dried_kelp', '/carbon/products/new', '/carbon/products/import', '/carbon/factors/new', '/carbon/requests', '/carbon/partners', '/carbon/partners/pactpartner_sample_buyer_abroad', '/carbon/shared', '/carbon/shared/sharedpcf_sample_dried_kelp', '/carbon/received'];

export default async ({ step, check, see, settled, page, base }) => {
    await step('the sample product shows its flows and hot spots, and is computed anew with a bar', async () => {
        await page.goto(base + '/carbon/footprints/footprint_sample_dried_kelp'); await see('[data-test=total]'); await see('.chart canvas');
        check(await page.locator('.chart', { hasText: 'Flows of carbon' }).count(), 'no picture of flows');
        check(await page.locator('.chart', { hasText: 'Hot spots' }).count(), 'no hot spots');
        await page.goto(base + '/carbon/products/product_sample_dried_kelp'); await see('[data-test=compute]');
        await page.click('[data-test=compute]'); await page.waitForURL(/footprints\/footprint_(?!sample)[a-z0-9]+$/, { timeout: 60000 }); await settled(page); await see('[data-test=total]');
        return (await page.locator('[data-test=total]').innerText()).trim();
    });
    await step('the public label says the figure and leads to a proof that holds', async () => {
        await page.goto(base + '/carbon/labels/label_sample_dried_kelp'); await see('.carbon-label'); await see('[data-test=value]');
        check((await page.locator('[data-test=standing]').innerText()).trim() === 'valid', 'the label does not hold');
        await page.click('[data-test=proof]'); await see('.proof-verdict.good, .proof-verdict.almost');
    });
};
