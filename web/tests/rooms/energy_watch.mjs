// Pages of monitoring for the checks of every page, and a few steps: a device is driven, seen live, breaks, alarms with hysteresis, is acknowledged, steered, reported.
export const open = [];
export const inside = ['/monitoring', '/monitoring/site_sample_island', '/monitoring/screen', '/alarms', '/alarm-rules', '/alarm-rules/rule_sample_island_silent', '/alarm-rules/new', '/set-points', '/set-points/setpoint_sample_island_battery', '/set-points/new', '/plant-commands', '/plant-commands/command_sample_island_battery',
    '/virtual-channels', '/virtual-channels/new', '/hourly-factors', '/hourly-factors/hourlyfactor_sample_island_diesel', '/load-splits', '/load-splits/loadsplit_sample_park', '/load-splits/new', '/anomalies', '/web-hooks', '/reports/sites', '/reports/sites/site_sample_island?period=day&on=2026-11-27'];

export default async ({ step, check, button, see, settled, page, base }) => {
    const api = (method, path, body, credential) => page.evaluate(async ({ method, path, body, credential }) => {
        const answer = await fetch('/api/v1' + path, { method, credentials: credential ? 'omit' : 'same-origin', headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1', ...(credential ? { Authorization: `Bearer ${credential}` } : {}) }, body: body === undefined ? undefined : JSON.stringify(body) });
        return { status: answer.status, body: await answer.json().catch(() => ({})) };
    }, { method, path, body, credential });
    let site, device, credential, point;
    const say = async (temperature, seconds) => { const sent = await api('POST', '/points', { ts: new Date(Date.now() + seconds * 1000).toISOString(), values: { temperature, load_power: 100, pv_power: 60, battery_power: 40 } }, credential); check(sent.status === 200, `points refused: ${JSON.stringify(sent.body)}`); };
    await step('a device is driven and seen live', async () => {
        site = (await api('POST', '/sites', { name: { en: 'A walked plant' }, kind: 'energy', country: 'CN', latitude: 31, longitude: 121 })).body.id;
        const made = (await api('POST', '/devices', { site, template: 'island_controller', name: { en: 'Walked controller' }, serial: `walk-${Date.now()}` })).body;
        device = made.device.id; credential = made.credential;
        const rule = await api('POST', '/alarm-rules', { name: { en: 'Walked heat' }, device, conditions: [{ name: 'hot', kind: 'threshold', channels: ['temperature'], raise: 40, clear: 35 }], levels: [{ severity: 'critical', condition: 'hot' }] });
        check(rule.status === 201, `rule refused: ${JSON.stringify(rule.body)}`);
        await say(30, -60);
        await page.goto(`${base}/monitoring/${site}`); await see('td[data-key=temperature]');
        check((await page.locator('td[data-key=temperature]').innerText()).startsWith('30'), 'the value is not live');
    });
    await step('it breaks: an alarm with hysteresis is raised once, acknowledged, and clears below the other limit', async () => {
        await say(45, -40); await see('.alarm-list a');
        await page.locator('.bell').first().click(); await page.locator('.bell-list a', { hasText: 'Walked heat' }).waitFor(); await page.keyboard.press('Escape'); // the bell tells of it too
        await page.locator('.alarm-list a', { hasText: 'Walked heat' }).click(); await see('.alarm .facts');
        await button('Acknowledge').click(); await settled(page); await page.locator('.alarm .tag.state', { hasText: 'acknowledged' }).waitFor();
        await say(37, -20); await say(34, 0);
        const address = page.url();
        for (let turn = 0; turn < 20 && !await page.locator('.alarm .tag.state', { hasText: 'cleared' }).count(); turn++) { await page.waitForTimeout(500); await page.goto(address); await see('.alarm .facts'); }
        check(await page.locator('.alarm .tag.state', { hasText: 'cleared' }).count(), 'the alarm does not clear');
        const all = await api('GET', `/alarms?site=${site}`); check(all.body.total === 1, `${all.body.total} alarms`);
    });
    await step('a value is ordered on the page and confirmed by the device', async () => {
        point = (await api('POST', '/set-points', { device, key: 'battery_limit_power', name: { en: 'Walked limit' }, unit: 'kW', least: 0, greatest: 500 })).body.id;
        await page.goto(`${base}/set-points/${point}`); await see('.order form');
        await page.locator('.order .el-input-number input').fill('200'); await button('Order').click(); await page.waitForURL(/plant-commands\/command_/);
        const due = (await api('POST', '/device-commands', undefined, credential)).body.commands; check(due.length === 1 && due[0].value === 200, 'the order is not due');
        check((await api('POST', `/device-commands/${due[0].id}`, { value: 200 }, credential)).status === 204, 'the word of the device is refused');
        check((await api('GET', `/set-points/${point}`)).body.value === 200, 'the set point does not know its value');
    });
    await step('the load is split into purposes that add up, and stands beside the year before', async () => {
        const channels = (await api('GET', `/channels?device=${device}&limit=100`)).body.items, of = key => channels.find(one => one.key === key).id;
        const split = await api('POST', '/load-splits', { site, channel: of('load_power'), name: { en: 'Walked purposes' }, parts: [{ name: { en: 'From the sun' }, channel: of('pv_power') }, { name: { en: 'Lighting' }, share: 3 }, { name: { en: 'Offices' }, share: 1 }] });
        check(split.status === 201, `split refused: ${JSON.stringify(split.body)}`);
        await page.goto(`${base}/load-splits/${split.body.id}`); await see('.split tbody tr');
        await page.locator('.split input[type=date]').fill(new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)); await settled(page);
        await page.waitForFunction(() => document.querySelectorAll('.split tbody tr').length >= 4 && /^[1-9]/.test(document.querySelector('.split tbody td.number').textContent), undefined, { timeout: 10_000 });
        const rows = await page.locator('.split table').first().locator('tbody tr').evaluateAll(all => all.map(row => parseFloat(row.querySelector('td.number').textContent)));
        check(Math.abs(rows.at(-1) - rows.slice(0, -1).reduce((sum, one) => sum + one, 0)) < 0.2, `the parts do not add up: ${rows}`);
        await page.goto(`${base}/energy/channels/${of('load_power')}`); await see('.comparison dl.facts');
        return `${rows.at(-1)} kWh`;
    });
    await step('the day is a report, also as PDF', async () => {
        const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
        await page.goto(`${base}/reports/sites/${site}?period=day&on=${today}`); await see('tr[data-key=load_power] .total');
        const pdf = await page.evaluate(async path => { const answer = await fetch(path); return (await answer.text()).slice(0, 4); }, await page.locator('.report-pdf').getAttribute('href'));
        check(pdf === '%PDF', `not a PDF: ${pdf}`);
    });
};
