// Pages of the match for the checks of every page, and its steps.
const island = 'need_sample_island_power';
export const open = [`/needs/${island}/matches`, `/needs/${island}/capital`, '/library/technologies/tech_sample_island_wind/needs'];
export const inside = ['/match/runs', '/match/stable', '/match/feedback', '/match/weights', '/match/weights/new', `/needs/${island}/experts`];

export default async function ({ step, check, button, see, settled, page, base }) {
    await step('both sides of a match are shown, and what a holder refuses says why', async () => {
        await page.goto(`${base}/needs/need_sample_tajikistan_small_hydro/matches`); await see('.match-card');
        await page.locator('.order-switch label', { hasText: 'by both sides' }).click(); await see('.halves');
        await page.getByText('below the smallest contract').first().waitFor();
        await page.locator('.halves').first().waitFor(); check(await page.locator('.match-card .halves').count() >= 2, 'a half is missing');
    });
    await step('a technology leads to the need it answers best', async () => {
        await page.goto(`${base}/library/technologies/tech_sample_island_wind`); await page.getByRole('heading', { name: 'Needs it answers' }).waitFor();
        await page.locator(`a[href="/library/technologies/tech_sample_island_wind/needs"]`).click(); await see('.match-card');
        check(/replace diesel/.test(await page.locator('.match-card h2').first().innerText()), 'the island is not first');
        await page.locator('.rule-chips .chip').first().click(); await see('.excluded tbody tr');
    });
    await step('money is asked for with a tenor, and each exclusion says by which figure', async () => {
        await page.goto(`${base}/needs/${island}/capital`); await see('.terms-form');
        await page.getByLabel('Tenor (months)').first().fill('120'); await page.keyboard.press('Tab'); await button('Find money').click();
        await page.getByText('for 120 months').waitFor(); await page.getByText(/The difference is/).first().waitFor();
    });
    await step('all needs are matched at once, and a run opens on its results', async () => {
        await page.goto(`${base}/match/runs`); await settled(page); await button('Match all needs').first().click();
        await page.locator('.data-table tbody tr .tag', { hasText: 'done' }).first().waitFor();
        await page.locator('.data-table tbody tr a').first().click(); await see('.run-figures'); await see('.found-bar');
        await page.locator('.data-table tbody tr a[href^="/match/results"]').first().click(); await see('.match-card .explanation');
    });
    await step('an outcome is recorded beside a match', async () => {
        await page.goto(`${base}/needs/${island}/matches`); await see('.match-card'); await button('Outcome').first().click();
        await page.locator('.el-dialog label', { hasText: 'refused' }).click(); check(await page.locator('.el-dialog__footer .el-button--primary').isDisabled(), 'a refusal needs no reason');
        await page.locator('.el-dialog label', { hasText: 'contacted' }).click(); await page.locator('.el-dialog__footer .el-button--primary').click(); await page.getByText('Recorded').waitFor();
        await page.goto(`${base}/match/feedback`); await page.locator('.data-table tbody tr', { hasText: 'replace diesel' }).first().waitFor();
    });
    await step('weights are learned as a proposal that its proposer cannot adopt', async () => {
        await page.goto(`${base}/match/weights`); await see('.chart'); await button('Learn from outcomes').click();
        await page.locator('.el-message-box .el-button--primary').click(); await page.waitForURL('**/match/weights/weights_*'); await page.getByText('another person with the right must adopt it').waitFor();
        check(!await button('Adopt').count(), 'the proposer may adopt');
    });
    await step('stable matching leaves no blocking pair, whoever proposes', async () => {
        await page.goto(`${base}/match/stable`); await settled(page); await page.locator('label', { hasText: 'technologies' }).first().click(); await button('Match').last().click();
        await page.getByText('0 blocking pairs').waitFor(); check(await page.locator('.stable-answer tbody tr').count() > 10, 'hardly any pair');
    });
}
