// Pages of monitoring for the checks of every page, and a few steps: a device is claimed, driven by the simulator, seen live, breaks, alarms with hysteresis, is acknowledged, steered, reported.
import { start_program } from '../browser.mjs';
export const open = [];
export const inside = ['/monitoring', '/monitoring/site_sample_island', '/monitoring/screen', '/alarms', '/alarm-rules', '/alarm-rules/rule_sample_island_silent', '/alarm-rules/new', '/set-points', '/set-points/setpoint_sample_island_battery', '/set-points/new', '/plant-commands', '/plant-commands/command_sample_island_battery',
    '/virtual-channels', '/virtual-channels/new', '/hourly-factors', '/hourly-factors/hourlyfactor_sample_island_diesel', '/load-splits', '/load-splits/loadsplit_sample_park', '/load-splits/new', '/anomalies', '/web-hooks', '/reports/sites', '/reports/sites/site_sample_island?period=day&on=2026-11-27'];

export default async ({ step, check, button, see, settled, page, base }) => {
    const come = async (fact, complaint) => { for (const end = Date.now() + 40_000; !await fact(); await page.waitForTimeout(500)) check(Date.now() < end, complaint()); };
    const api = (method, path, body, credential) => page.evaluate(async ({ method, path, body, credential }) => {
        const answer = await fetch('/api/v1' + path, { method, credentials: credential ? 'omit' : 'same-origin', headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1', ...(credential ? { Authorization: `Bearer ${credential}` } : {}) }, body: body === undefined ? undefined : JSON.stringify(body) });
        return { status: answer.status, body: await answer.json().catch(() => ({})) };
    }, { method, path, body, credential });
    let site, device, credential, point, plant, usual;
    // The plant lives in a process of its own, as `greenbank simulate site` drives it; another life begins with other faults.
    const live = async (...faults) => { await plant?.stop(); plant = start_program('simulate', 'site', '--kind', 'island', '--address', base, '--credential', credential, '--hours', '0', '--step-seconds', '1', '--live-seconds', '600', ...faults.flatMap(one => ['--faults', one])); };
    const cell = key => page.locator(`td[data-key=${key}]`).first(), number = async key => parseFloat((await cell(key).innerText()).replace(/[^\d.-]/g, ''));
    const shown = (key, what, is) => come(async () => await cell(key).count() && is(await number(key)), () => `${what}; the plant said: ${plant?.output()}`);
    try {
    await step('a device is claimed, and seen live while the simulator drives it', async () => {
        site = (await api('POST', '/sites', { name: { en: 'A walked plant' }, kind: 'energy', country: 'CN', latitude: 31, longitude: 121 })).body.id;
        const serial = `walk-${Date.now()}`, made = (await api('POST', '/devices', { template: 'island_controller', name: { en: 'Walked controller' }, serial })).body;
        device = made.device.id;
        await page.goto(`${base}/energy/devices/claim?site=${site}`); await see('.record-form .fields');
        await page.fill('#field-serial', serial); await page.fill('#field-claim_code', made.claim_code); await page.click('.save-bar .el-button--primary'); await see('.secret code');
        credential = (await page.locator('.secret code').first().textContent()).trim();
        await live();
        await page.goto(`${base}/monitoring/${site}`); await see('td[data-key=temperature]');
        await shown('temperature', 'no temperature is seen', value => Number.isFinite(value));
        usual = await number('temperature');
        const load = await number('load_power'); await shown('load_power', 'the load does not move', value => value !== load);
        const rule = await api('POST', '/alarm-rules', { name: { en: 'Walked heat' }, device, conditions: [{ name: 'hot', kind: 'threshold', channels: ['temperature'], raise: usual + 20, clear: usual + 10 }], levels: [{ severity: 'critical', condition: 'hot' }] });
        check(rule.status === 201, `rule refused: ${JSON.stringify(rule.body)}`);
        return `${usual} °C`;
    });
    await step('the simulator breaks it: an alarm is raised once, acknowledged, stays between the limits and clears below them', async () => {
        await live('spike:temperature:0:60:30');
        await see('.alarm-list a');
        await page.locator('.bell').first().click(); await page.locator('.bell-list a', { hasText: 'Walked heat' }).waitFor(); await page.keyboard.press('Escape'); // the bell tells of it too
        await page.locator('.alarm-list a', { hasText: 'Walked heat' }).click(); await see('.alarm .facts');
        await button('Acknowledge').click(); await settled(page); await page.locator('.alarm .tag.state', { hasText: 'acknowledged' }).waitFor();
        const address = page.url(), state = async name => { await page.goto(address); await see('.alarm .facts'); return await page.locator('.alarm .tag.state', { hasText: name }).count() > 0; };
        await live('spike:temperature:0:60:15');
        await page.goto(`${base}/monitoring/${site}`); await see('td[data-key=temperature]');
        await shown('temperature', 'it does not cool down', value => value < usual + 19 && value > usual + 11);
        await page.waitForTimeout(3000);
        check(await state('acknowledged'), 'the alarm does not stay between its limits');
        await live();
        await come(() => state('cleared'), () => 'the alarm does not clear');
        const all = await api('GET', `/alarms?site=${site}`); check(all.body.total === 1, `${all.body.total} alarms`);
    });
    await step('a value is ordered on the page, and the simulated plant obeys and confirms', async () => {
        point = (await api('POST', '/set-points', { device, key: 'battery_limit_power', name: { en: 'Walked limit' }, unit: 'kW', least: 0, greatest: 500 })).body.id;
        await page.goto(`${base}/set-points/${point}`); await see('.order form');
        await page.locator('.order .el-input-number input').fill('3'); await button('Order').click(); await page.waitForURL(/plant-commands\/command_/);
        const address = page.url();
        await come(async () => { await page.goto(address); await see('.tag'); return await page.locator('.tag', { hasText: 'confirmed' }).count() > 0; }, () => `the order is not confirmed; the plant said: ${plant.output()}`);
        check((await api('GET', `/set-points/${point}`)).body.value === 3, 'the set point does not know its value');
        await page.goto(`${base}/monitoring/${site}`); await see('td[data-key=battery_power]');
        await shown('battery_power', 'the battery does not heed its limit', value => Math.abs(value) <= 3);
    });
    await step('the day is a report, also as PDF', async () => {
        const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
        await page.goto(`${base}/reports/sites/${site}?period=day&on=${today}`); await see('tr[data-key=load_power] .total');
        const pdf = await page.evaluate(async path => { const answer = await fetch(path); return (await answer.text()).slice(0, 4); }, await page.locator('.report-pdf').getAttribute('href'));
        check(pdf === '%PDF', `not a PDF: ${pdf}`);
    });
    } finally { await plant?.stop(); }
    await step('the load is split into purposes that add up, and stands beside the year before', async () => {
        const made = (await api('POST', '/devices', { site, template: 'island_controller', name: { en: 'Walked meter of purposes' }, serial: `walk-split-${Date.now()}` })).body; device = made.device.id; // the sun may have set on the simulated one
        const sent = await api('POST', '/points', { values: { load_power: 100, pv_power: 60 }, ts: new Date().toISOString() }, made.credential); check(sent.status === 200, `points refused: ${JSON.stringify(sent.body)}`);
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
};
