// Pages of sites, devices and channels for the checks of every page, and a few steps: a device is claimed, sends, is seen live and looked at up close.
export const open = ['/energy/sites', '/energy/sites/site_sample_park', '/energy/sites/site_sample_district', '/energy/devices', '/energy/devices/device_sample_park_grid_meter', '/energy/explorer'];
export const inside = ['/energy/field', '/energy/connections', '/energy/connections/fieldlink_sample_park_meter', '/energy/connections/new', '/energy/chargers', '/energy/chargers/charger_sample_district_1', '/energy/chargers/new', '/energy/charging-cards', '/energy/charging-cards/new',
    '/energy/sites/new', '/energy/devices/new', '/energy/devices/claim'];

export default async ({ step, check, button, see, settled, page, base }) => {
    const api = (method, path, body) => page.evaluate(async ([method, path, body]) => { const answer = await fetch('/api/v1' + path, { method, headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1' }, body: body ? JSON.stringify(body) : undefined }); return { status: answer.status, body: await answer.json().catch(() => ({})) }; }, [method, path, body]);
    await step('a device is claimed, sends its first value and is seen live', async () => {
        await page.goto(base + '/energy/sites'); await see('.data-table, table');
        const serial = 'WALK-' + Date.now(), site = await api('POST', '/sites', { name: { en: 'Walked works' }, about: {}, kind: 'energy', country: 'CN', place: {} });
        check(site.status === 201, `the site was not entered: ${site.status}`);
        const made = await api('POST', '/devices', { name: { en: 'Walked meter' }, serial, template: 'electricity_meter' });
        await page.goto(base + '/energy/devices/claim?site=' + site.body.id); await see('.record-form .fields');
        await page.fill('#field-serial', serial); await page.fill('#field-claim_code', made.body.claim_code);
        await page.click('.save-bar .el-button--primary'); await see('.secret code');
        const credential = await page.locator('.secret code').first().textContent();
        const sent = await page.evaluate(async credential => (await (await fetch('/api/v1/points', { method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + credential.trim() }, body: '{"power":42.5}' })).json()).taken, credential);
        check(sent === 1, 'the point was not taken');
        await page.goto(base + '/energy/sites/' + site.body.id); await see('.values td.number');
        check(await page.locator('.values td.number', { hasText: '42.5' }).count() === 1, 'the newest value is not shown');
        return credential.slice(0, 4);
    });
    await step('a channel is looked at from a year to an hour, with the wheel and by keys, without waiting', async () => {
        const channel = await page.evaluate(async () => (await (await fetch('/api/v1/channels?device=device_sample_park_grid_meter&limit=50')).json()).items.find(one => one.key === 'power').id);
        await page.goto(base + '/energy/explorer?channels=' + channel); await see('.series canvas'); await settled(page);
        const told = () => page.locator('.series header p').textContent();
        await page.waitForFunction(() => /hour|day/.test(document.querySelector('.series header p').textContent.split('·').pop()), undefined, { timeout: 5000 }).catch(() => {});
        const year = await told();
        check(/hour|day/.test(year.split('·').pop()), `a year is not shown in hours or days: ${year}`);
        await page.locator('.series .spans button', { hasText: 'Day' }).click(); await page.waitForTimeout(300); await settled(page);
        await page.waitForFunction(() => /minute/.test(document.querySelector('.series header p').textContent), undefined, { timeout: 5000 }).catch(() => {});
        const day = await told();
        check(/minute/.test(day), `a day is not shown in minutes: ${day}`);
        await page.locator('.series .canvas').focus(); const begun = Date.now(); await page.keyboard.press('+'); await page.keyboard.press('+'); await page.keyboard.press('+'); await page.keyboard.press('+');
        await page.waitForFunction(() => /as measured/.test(document.querySelector('.series header p').textContent), undefined, { timeout: 5000 });
        return `${Date.now() - begun} ms to the points`;
    });
    await step('the same values stand in a table', async () => {
        await button('Show as a table').first().click().catch(() => page.locator('.series .tools button').last().click()); await see('.series .table td');
    });
};
