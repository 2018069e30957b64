// Pages of planning for the checks of every page, and the island: planned to 65 % and to 100 %, compared, sent to monitoring and to the simulator, where plan stands against measured.
import { start_program } from '../browser.mjs';
import { people } from '../people.mjs';
export const open = [];
export const inside = ['/planning', '/planning/studies/study_sample_island', '/planning/studies/new', '/planning/plans/plan_sample_island_65', '/planning/plans/plan_sample_island_100', '/planning/compare?ids=plan_sample_island_65,plan_sample_island_100', '/planning/cross-border', '/planning/cross-border/crossborder_sample_january_2022', '/planning/cross-border/new', '/planning/obligations'];

export default async walk => {
    const { step, check, button, see, settled, page, base } = walk, { send, agree, go, join } = people(walk);
    const api = (method, path, body) => page.evaluate(async ({ method, path, body }) => {
        const answer = await fetch('/api/v1' + path, { method, headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1' }, body: body === undefined ? undefined : JSON.stringify(body) });
        return { status: answer.status, body: await answer.json().catch(() => ({})) };
    }, { method, path, body });
    let study, plan;
    await step('planning: the sample island has a plan to 65 % with its proof; page and record say the same', async () => {
        for (let turn = 0; turn < 60 && (await api('GET', '/energy-plans/plan_sample_island_100')).body.state !== 'done'; turn++) await page.waitForTimeout(1000);
        const record = (await api('GET', '/energy-plans/plan_sample_island_65')).body;
        await page.goto(`${base}/planning/plans/plan_sample_island_65`); await see('[data-test=sizes] tbody tr');
        check((await page.locator('[data-test=outcome]').innerText()).includes('optimal'), 'not proven');
        const shown = await page.locator('[data-test=sizes] tbody tr').first().innerText();
        check(shown.includes(String(Math.round(record.result.sizes[0].size * 1000) / 1000)), `the page shows ${shown}`);
    });
    await step('planning: a copy of the sample is planned anew on the page, with a bar', async () => {
        study = (await api('POST', '/studies/study_sample_island/copy')).body.id;
        await page.goto(`${base}/planning/studies/${study}`); await see('.record-form');
        await button('Compute the plan').click(); await page.waitForURL(/planning\/plans\/plan_/);
        await page.locator('[data-test=sizes] tbody tr').first().waitFor({ timeout: 120_000 });
        plan = new URL(page.url()).pathname.split('/').pop();
        const [mine, sample] = [(await api('GET', `/energy-plans/${plan}`)).body, (await api('GET', '/energy-plans/plan_sample_island_65')).body];
        check(mine.result.cost.amount === sample.result.cost.amount, 'the same study costs another sum');
    });
    await step('planning: sizes are dragged and cost, carbon and what is served move at once; nothing is stored', async () => {
        await page.goto(`${base}/planning/plans/${plan}`); await see('[data-test=try-cost]');
        const before = await page.locator('[data-test=try-cost]').innerText(), served = await page.locator('[data-test=try-served]').innerText();
        check(served.startsWith('100'), `the plan's own sizes serve ${served}`);
        const diesel = page.locator('.plan-sliders > div', { hasText: 'Diesel' }).getByRole('slider');
        await diesel.focus(); await page.keyboard.press('Home');
        await page.waitForFunction(old => { const now = document.querySelector('[data-test=try-served]')?.textContent; return now && now !== old; }, served);
        check(await page.locator('[data-test=try-cost]').innerText() !== before, 'the cost does not move');
        check((await api('GET', `/energy-plans/${plan}`)).body.version >= 1 && (await api('GET', `/energy-plans?study=${study}`)).body.total === 1, 'something was stored');
        await button("Back to the plan's sizes").click();
        await page.waitForFunction(old => document.querySelector('[data-test=try-served]')?.textContent === old, served);
    });
    await step('planning: a share from 50 to 90 % is planned point by point and drawn; plans near the cheapest stand as ranges', async () => {
        await page.goto(`${base}/planning/studies/${study}`); await see('.plan-explore');
        await page.getByLabel('From', { exact: true }).last().fill('50'); await page.getByLabel('to', { exact: true }).last().fill('90'); await page.getByLabel('points', { exact: true }).last().fill('3'); await page.keyboard.press('Tab');
        await page.locator('.plan-explore').getByRole('button', { name: 'Compute', exact: true }).click();
        await page.locator('[data-test=explored] canvas, [data-test=explored] svg').first().waitFor({ timeout: 120_000 });
        for (let turn = 0; turn < 120 && (await api('GET', `/plan-explorations?study=${study}`)).body.items[0].state !== 'done'; turn++) await page.waitForTimeout(500);
        const points = (await api('GET', `/plan-explorations?study=${study}`)).body.items[0].points;
        check(points.length === 3 && points[0].value === 0.5 && points[2].carbon < points[0].carbon, JSON.stringify(points.map(one => [one.value, one.carbon])));
        const near = (await api('POST', '/plan-explorations', { study, plan, kind: 'near_optimal', values: [0.03] })).body.id;
        for (let turn = 0; turn < 180 && (await api('GET', `/plan-explorations/${near}`)).body.state !== 'done'; turn++) await page.waitForTimeout(1000);
        await page.goto(`${base}/planning/plans/${plan}`); await see('[data-test=ranges] tbody tr');
        return (await page.locator('[data-test=ranges] tbody tr').first().innerText()).replace(/\s+/g, ' ');
    });
    await step('planning: 65 % and 100 % stand side by side with what a tonne costs', async () => {
        await page.goto(`${base}/planning/studies/study_sample_island`); await see('.plan-table');
        for (const box of await page.locator('.plan-table .el-checkbox').all()) await box.click();
        await page.getByRole('link', { name: 'Compare', exact: true }).click(); await page.waitForURL(/planning\/compare/); await see('.compare tbody tr');
        check(/\/t/.test(await page.locator('.compare').innerText()), 'no cost of a tonne');
    });
    await step('planning: hours go to the island; its report holds them against what is measured', async () => {
        await page.goto(`${base}/planning/plans/plan_sample_island_65`); await see('.plan-send');
        await page.fill('input[name=plan-from]', '2026-11-27'); await button('Send').click();
        await page.locator('.plan-send [role=status] a').click(); await page.waitForURL(/reports\/sites\/site_sample_island/); await see('tr[data-key=load_power]');
        const sent = (await api('GET', '/site-plans?site=site_sample_island&channel=diesel_power')).body;
        check(sent.items.some(one => one.source === 'plan plan_sample_island_65'), 'the site has no such plan');
    });
    await step('planning: the solar plant of the island follows the plan: the simulator obeys, and its day stands beside the plan', async () => {
        const { credential } = (await api('POST', '/devices/device_sample_island_controller/credential')).body, today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
        await page.goto(`${base}/planning/plans/plan_sample_island_65`); await see('.plan-order form');
        for (const [box, option] of [['Set point', 'Limit of the solar plant'], ['follows', 'pv_power']]) {
            await page.locator('.plan-order .el-select__wrapper').nth(box === 'follows' ? 1 : 0).click();
            await page.locator('.el-select-dropdown__item:visible', { hasText: option }).first().click();
        }
        await page.locator('.plan-order').getByRole('button', { name: 'Order', exact: true }).click(); await see('.plan-order [role=status] a');
        await page.fill('input[name=plan-from]', today); await button('Send').click(); await see('.plan-send [role=status] a');
        const orders = async () => (await api('GET', '/plant-commands?set_point=setpoint_sample_island_pv&sort=due_at&limit=50')).body.items, now = (await orders())[0];
        check(now.origin === 'schedule' && new Date(now.due_at) <= new Date(Date.now() + 5000), `the hour that runs is not ordered: ${JSON.stringify(now)}`);
        const plant = start_program('simulate', 'site', '--kind', 'island', '--seed', '4', '--address', base, '--credential', credential, '--hours', '2', '--step-seconds', '60', '--live-seconds', '120');
        try {
            for (const end = Date.now() + 60_000; (await api('GET', `/plant-commands/${now.id}`)).body.state !== 'confirmed'; await page.waitForTimeout(500)) check(Date.now() < end, `the order is not confirmed; the plant said: ${plant.output()}`);
            check((await api('GET', '/set-points/setpoint_sample_island_pv')).body.value === now.target, 'the set point does not know its value');
            await page.locator('.plan-send [role=status] a').click(); await page.waitForURL(/reports\/sites\/site_sample_island/); await see('tr[data-key=pv_power]');
            const cells = await page.locator('tr[data-key=load_power] td').allInnerTexts();
            check(/\d/.test(cells[3]) && /\d/.test(cells[4]), `measured and planned do not stand side by side: ${cells.join(' | ')}`);
            return `${now.target} kW; ${cells[3]} measured, ${cells[4]} planned`;
        } finally { await plant.stop(); }
    });
    await step('planning: five zones in January: who is short, what flows, and the emergency plan with what is owed', async () => {
        await page.goto(`${base}/planning/cross-border`); await see('.data-table tbody tr'); await page.locator('.data-table tbody tr a').first().click();
        await see('[data-test=zones] tbody tr'); check(await page.locator('[data-test=zones] tbody tr').count() === 5, 'not five zones');
        const record = (await api('GET', '/cross-border-studies/crossborder_sample_january_2022')).body;
        check((await page.locator('[data-test=standing]').innerText()).includes('short'), 'nobody is short');
        check(await page.locator('.point-map .join').count() === record.sharing.ties.length, 'ties are missing on the map');
        check(record.result.emergency.shortage.every(one => Math.abs(one.protected_unserved) < 1e-6), 'protected customers are cut');
        const before = await page.locator('[data-test=zones]').innerText();
        await page.locator('[data-test=emergency]').click();
        check(before !== await page.locator('[data-test=zones]').innerText(), 'the emergency plan changes nothing');
        check(/owed/.test(await page.locator('[data-test=contracts]').innerText()), 'the swap tells nothing of what is owed');
        return (await page.locator('[data-test=obligations] li').first().innerText()).replace(/\s+/g, ' ');
    });
    await step('planning: a zone is given to an organisation, which publishes it with its source; the case is computed over that', async () => {
        const study = (await api('POST', '/cross-border-studies/crossborder_sample_january_2022/copy')).body.id, mine = (await api('GET', '/session')).body.organisation.id;
        check((await api('POST', '/zone-members', { study, zone: 'Kyrgyzstan', organisation: mine })).status === 201, 'the zone is not given');
        await page.goto(`${base}/planning/cross-border/${study}`); await page.getByRole('link', { name: 'Publish figures' }).click(); await page.waitForURL(/zones\/Kyrgyzstan/); await see('.record-form');
        await page.fill('[id="field-figures-source"]', "The operator's own meters"); await page.fill('[id="field-figures-period_from"]', '2022-01-01'); await page.fill('[id="field-figures-period_to"]', '2022-01-31');
        await button('Publish figures').click(); await page.waitForURL(new RegExp(`cross-border/${study}$`));
        await page.locator('[data-test=holders]', { hasText: 'release 1' }).waitFor();
        check((await api('GET', `/cross-border-studies/${study}`)).body.sharing.zones.find(one => one.name === 'Kyrgyzstan').source === "The operator's own meters", 'the case keeps the old figures');
        return (await page.locator('[data-test=holders] li', { hasText: 'Kyrgyzstan' }).innerText()).replace(/\s+/g, ' ').slice(0, 120);
    });
    await step('planning: what an emergency makes a zone owe is logged on the case, accepted by both sides, and paid by a third person; the ledger proves it', async () => {
        const [south, north] = await Promise.all(['Southern grid of the walk', 'Northern grid of the walk'].map(async en => {
            const id = (await send(page, 'POST', '/organisations', { name: { en }, kind: 'enterprise', country: 'KZ' })).id;
            return { id, account: (await send(page, 'POST', '/ledger/accounts', { title: { en: 'Deposit of the walk' }, owner: id, purpose: 'customer', asset: 'asset_sample_cny', rule: 'debits_must_not_exceed_credits' })).id };
        }));
        await send(page, 'POST', '/ledger/transfer', { id: 'transfer_1' + (Date.now() * 10).toString().padStart(25, '0'), debit: 'account_sample_settlement_cny', credit: south.account, amount: '20000.00' });
        const zone = (name, demand, capacity, price) => ({ name, demand: [demand], protected_share: 0.1, offers: [{ name: 'plant', capacity: [capacity], price, carbon: 0.5 }] });
        const study = (await send(page, 'POST', '/cross-border-studies', { title: { en: 'Two grids of the walk' }, currency: 'CNY', starts_at: '2026-01-01T00:00:00Z', sharing: { name: 'two', hours: 2, compensation_price: 120.5, zones: [zone('North', 100, 160, 30), zone('South', 90, 50, 5)], ties: [{ name: 'line', from: 'North', to: 'South', forward: 10, backward: 10, emergency_forward: 40 }] } })).id;
        for (let turn = 0; turn < 60 && (await send(page, 'GET', `/cross-border-studies/${study}`)).state === 'queued'; turn++) await page.waitForTimeout(500);
        for (const [name, side] of [['South', south], ['North', north]]) await send(page, 'POST', '/zone-members', { study, zone: name, organisation: side.id });
        const first = await join('south@grids.test', 'Sara South', 'manager', south.id), second = await join('pays@grids.test', 'Petra South', 'manager', south.id), other = await join('north@grids.test', 'Nils North', 'manager', north.id);
        await go(page, `/planning/cross-border/${study}`); await page.locator('[data-test=log]').click(); await page.locator('[data-test=logged] a', { hasText: 'South owes North' }).waitFor();
        for (const tab of [first, other]) {
            await go(tab, '/planning/obligations'); await tab.getByRole('link', { name: 'South owes North' }).first().click(); await tab.waitForURL(/obligations\/energyobligation_/); await settled(tab);
            check((await tab.locator('h1').innerText()).trim() === 'South owes North', `the page is called ${await tab.locator('h1').innerText()}`);
            await agree(tab, 'Accept');
        }
        await other.locator('.page-head .tag', { hasText: 'accepted' }).waitFor();
        const debt = new URL(other.url()).pathname;
        await go(second, debt); await agree(second, 'Pay by the ledger'); await second.locator('.page-head .tag', { hasText: 'paid' }).waitFor();
        const record = await send(second, 'GET', debt.replace('/planning/obligations', '/energy-obligations'));
        check((await send(page, 'GET', `/ledger/accounts/${north.account}`)).balance === record.amount.amount, 'the ledger moved another amount');
        return `${record.amount.amount} ${record.amount.currency}`;
    });
};
