// Pages of inventories and verified reductions for the checks of every page; an inventory by table, and the island's tonnes explained.
export const open = ['/carbon/verified', '/carbon/verified/verified_sample_island_2026', '/carbon/methodologies', '/carbon/methodologies/island_diesel'];
export const inside = ['/carbon/inventories', '/carbon/inventories/new', '/carbon/inventories/inventory_sample_park_2022', '/carbon/reductions', '/carbon/reductions/new', '/carbon/reductions/reduction_sample_island_microgrid', '/carbon/monitoring/monitoring_sample_island_2026'];

export default async function ({ expect_status, step, check, see, settled, page, base, button }) {
    await step('an inventory is begun, a faulty table is refused cell by cell, a sound one counts', async () => {
        await page.goto(base + '/carbon/inventories/new'); await see('#field-title');
        await page.fill('#field-title', 'Our year'); await page.fill('#field-sources-0-name', 'Substation'); await page.fill('#field-sources-0-amount', '1000');
        expect_status(404, '/change'); expect_status(422, '/sources'); expect_status(404, '/change'); // there is no year before
        await page.click('.save-bar .el-button--primary'); await page.waitForURL(/inventories\/inventory_/); await settled(page);
        const table = text => ({ name: 'sources.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
        await page.setInputFiles('.table-import input[type=file]', table('name,category,amount,unit,kind,subject\nVan,mobile_combustion,many,L,fuel,diesel\n')); await button('Bring').click();
        await page.locator('.table-import .lines', { hasText: 'C2' }).waitFor();
        await page.setInputFiles('.table-import input[type=file]', table('name,category,amount,unit,kind,subject\nRoof plant,electricity,500,kWh,grid_average,electricity\n')); await button('Bring').click();
        await page.locator('td', { hasText: 'Roof plant' }).waitFor();
        check(/2022|2023/.test(await page.locator('.factor').first().innerText()), 'the factor is not named with its edition');
    });
    await step('the island: measured against verified, gaps and deductions with their reasons, and the proof', async () => {
        await page.goto(base + '/carbon/reductions/reduction_sample_island_microgrid'); await see('.state-line');
        await page.locator('.lines a', { hasText: /2026/ }).first().click(); await page.waitForURL(/carbon\/monitoring\//); await settled(page);
        const words = await page.locator('#main').innerText();
        check(/9,600/.test(words), 'the verified tonnes are not on the page');
        check(/cautious side/.test(words) && /lapsed/.test(words), 'gaps or calibration are not explained');
        await page.locator('dd a', { hasText: '9,600' }).click(); await page.waitForURL(/carbon\/verified\//); await settled(page);
        await page.locator('a[href^="/proof/"]').click(); await page.waitForURL(/proof\//);
    });
}
