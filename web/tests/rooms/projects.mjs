// Pages of the projects for the checks of every page, and a project entered, proved and appraised by clicking.
export const open = ['/projects', '/projects/map', '/projects/project_sample_island_microgrid', '/milestones/milestone_sample_island_microgrid_1'];
export const inside = ['/projects/new', '/projects/project_sample_island_microgrid/appraisal', '/projects/project_sample_island_microgrid/versions', '/milestones/milestone_sample_fiji_village_water_1'];

export default async function ({ step, check, see, choose, settled, page, base, button }) {
    let project = '';
    await step('a project is entered with its budget and an effect, and published', async () => {
        await page.goto(base + '/projects/new'); await see('#field-title');
        await page.fill('#field-title', 'Heat for a district school'); await page.fill('#field-summary', 'A heat pump instead of a coal boiler.');
        await choose('field', 'Energy'); await choose('country', 'Kazakhstan');
        await page.fill('#field-latitude', '43.24'); await page.fill('#field-longitude', '76.95'); await page.fill('#field-budget', '1000000');
        await page.locator('#field-budget_lines .add').click(); await choose('budget_lines-0-kind', 'capital'); await page.fill('#field-budget_lines-0-name', 'Heat pump'); await page.fill('#field-budget_lines-0-amount', '900000');
        await page.locator('#field-effects .add').click(); await choose('effects-0-kind', 'heat delivered'); await page.fill('#field-effects-0-value', '4000'); await choose('effects-0-unit', 'GJ'); await page.fill('#field-effects-0-price', '90'); await page.fill('#field-effects-0-source', 'measured');
        await page.click('.save-bar .el-button--primary'); await page.waitForURL(/projects\/project_/); await settled(page);
        project = new URL(page.url()).pathname;
        await button('Publish').click(); await page.locator('.badges .tag', { hasText: 'published' }).waitFor();
        check(/1,000,000/.test(await page.locator('#main').innerText()), 'the budget is not on the page');
    });
    await step('a milestone is planned, proved with a file and submitted; who submitted is not offered to accept', async () => {
        await page.locator('.milestones a', { hasText: 'Plan a milestone' }).click(); await see('#field-title');
        await page.fill('#field-title', 'The heat pump stands'); await page.fill('#field-due_on', '2027-03-01'); await page.fill('#field-weight', '100'); await page.fill('#field-amount', '900000');
        await page.click('.save-bar .el-button--primary'); await page.waitForURL(/milestones\/milestone_/); await settled(page);
        await see('.evidence-form'); await page.fill('.evidence-form textarea', 'It was delivered and stands in the boiler room.');
        await page.setInputFiles('.evidence-form input[type=file]', { name: 'photograph.txt', mimeType: 'text/plain', buffer: Buffer.from('a photograph') });
        await button('Add').click(); await page.locator('.lines a', { hasText: 'photograph.txt' }).waitFor();
        await button('Submit milestone').click(); await page.locator('.badges .tag', { hasText: 'submitted' }).waitFor();
        await button('Take back').waitFor();
        check(await button('Accept milestone').count() === 0, 'who submitted is offered to accept');
    });
    await step('an appraisal is made of the budget, varied and kept', async () => {
        await page.goto(base + project + '/appraisal'); await see('.appraisal-figures');
        const before = await page.locator('.appraisal-figures .first dd').innerText();
        await page.fill('#field-discount_rate', '3'); await page.waitForFunction(was => document.querySelector('.appraisal-figures .first dd')?.innerText !== was, before);
        await page.fill('input[name=appraisal-title]', 'Cheap money'); await button('Keep this appraisal').click();
        await page.locator('h2', { hasText: 'Cheap money' }).waitFor();
        await page.goto(base + project); await page.locator('.appraisal-figures').waitFor();
    });
    await step('the stage is refused with what is missing, and the map leads to the project', async () => {
        check(await page.locator('.conditions li:not(.met)').count() > 0, 'nothing is missing');
        await page.goto(base + '/projects/map'); await see('.point-map .spot');
        await page.locator('.point-map .spot[aria-label*="Heat for a district school"]').focus(); await page.keyboard.press('Enter'); await page.waitForURL('**' + project);
    });
}
