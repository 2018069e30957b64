// Pages of planning for the checks of every page, and the island: planned to 65 % and to 100 %, compared, sent to monitoring, where plan stands against measured.
export const open = [];
export const inside = ['/planning', '/planning/studies/study_sample_island', '/planning/studies/new', '/planning/plans/plan_sample_island_65', '/planning/plans/plan_sample_island_100', '/planning/compare?ids=plan_sample_island_65,plan_sample_island_100', '/planning/cross-border', '/planning/cross-border/crossborder_sample_january_2022', '/planning/cross-border/new', '/planning/obligations'];

export default async ({ step, check, button, see, settled, page, base }) => {
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
        return (await page.locator('[data-test=obligations] li').first().innerText()).replace(/\s+/g, ' ');
    });
};
