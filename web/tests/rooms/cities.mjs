// Pages of cities for the checks of every page, and its steps: an island entered by hand from its lines to its certificate and proof, a plan with technologies of the
// library, a confidential line that others do not see, a target's red light in the bell, a weight moved.
import { people } from '../people.mjs';

export const open = ['/cities', '/cities/territories', '/cities/territories/territory_sample_island', '/cities/inventories/balance_sample_island_2026', '/cities/inventories/balance_sample_bay_city_2024', '/cities/indices/cityindex_sample_2025', '/cities/alliance', '/cities/zero-plans', '/cities/zero-plans/zeroplan_sample_island', '/cities/certificates', '/cities/certificates/zerocert_sample_island_2026', '/cities/peaks/peak_sample_bay_city', '/cities/targets/target_sample_south_2026', '/cities/assessments/assessment_sample_dairy', '/cities/dashboard/territory_sample_bay_city', '/cities/screen/territory_sample_bay_city'];
export const inside = ['/cities/territories/new', '/cities/inventories/new', '/cities/certificates/new', '/cities/peaks/new', '/cities/targets/new', '/cities/assessments/new', '/cities/assets'];

export default async walk => {
    const { step, check, see, settled, expect_status, page, base } = walk, { send, press, agree, go, join } = people(walk);
    const number_of = text => Number(text.match(/[-−]?[\d,]+(\.\d+)?/)?.[0].replace('−', '-').replaceAll(',', ''));
    /** Opens a select of a form in a tab and takes the option that holds the text; types it where the select can be searched. */
    async function choose(tab, id, option) {
        const box = tab.locator(`#field-${id}`);
        await box.locator('xpath=ancestor::*[contains(@class,"el-select__wrapper")]').click();
        if (await box.getAttribute('readonly') === null) await tab.keyboard.type(option);
        await tab.locator('.el-select-dropdown__item:visible', { hasText: option }).first().click();
    }
    /** Presses an action that asks for a sentence, and gives it. */
    async function say(tab, name, text) {
        await press(tab, name); await tab.locator('.el-message-box:visible textarea').fill(text);
        await tab.locator('.el-message-box:visible .el-button--primary').click(); await tab.locator('.el-message-box:visible').waitFor({ state: 'hidden' }); await settled(tab);
    }
    const saved = async (tab, address) => { await tab.click('.save-bar .el-button--primary'); await tab.waitForURL(address); await settled(tab); };
    let island, first, second, territory, inventory, certificate;

    await step('an island is entered by hand: the place, power, ferries and a forest; the page has its net balance with the interval', async () => {
        const council = (await send(page, 'POST', '/organisations', { name: { en: 'Council of Heron Island' }, kind: 'regulator', country: 'CN' })).id, verifiers = (await send(page, 'POST', '/organisations', { name: { en: 'Island verifiers of the walk' }, kind: 'assessor', country: 'CN' })).id;
        island = await join('ida@island-walk.test', 'Ida Islander', 'manager', council);
        first = await join('vera@island-walk.test', 'Vera Verifier', 'editor', verifiers); second = await join('otto@island-walk.test', 'Otto Verifier', 'editor', verifiers);
        await go(island, '/cities/territories/new'); await island.fill('#field-title', 'Heron Island'); await choose(island, 'kind', 'island');
        await island.fill('#field-population', '240'); await island.fill('#field-boundary', 'The island with its harbour; ferries to the mainland half way.');
        await saved(island, /territories\/territory_(?!sample)/);
        territory = new URL(island.url()).pathname;
        await island.locator('.page-head a', { hasText: 'inventory' }).first().click(); await island.waitForURL(/inventories\/new/); await settled(island);
        await island.fill('#field-title', 'Heron Island, last year');
        await island.fill('#field-lines-0-name', 'Power from the mainland'); await island.fill('#field-lines-0-amount', '180000'); await island.fill('#field-lines-0-uncertainty_percent', '2');
        await island.locator('#field-lines > .add').click(); await island.fill('#field-lines-1-name', 'Ferries'); await choose(island, 'lines-1-sector', 'water'); await choose(island, 'lines-1-scope', 'scope 1');
        await island.fill('#field-lines-1-amount', '9000'); await choose(island, 'lines-1-unit', 'L'); await choose(island, 'lines-1-kind', 'fuel'); await island.fill('#field-lines-1-subject', 'diesel'); await island.fill('#field-lines-1-uncertainty_percent', '5');
        await island.locator('#field-lines > .add').click(); await island.fill('#field-lines-2-name', 'Pine forest'); await choose(island, 'lines-2-sector', 'forest'); await choose(island, 'lines-2-scope', 'scope 1');
        await island.fill('#field-lines-2-amount', '60'); await choose(island, 'lines-2-unit', 'ha'); await island.fill('#field-lines-2-stated_kg', '6000'); await island.fill('#field-lines-2-stated_percent', '15'); await island.fill('#field-lines-2-stated_source', 'Survey of the island, 2025'); await island.fill('#field-lines-2-uncertainty_percent', '4');
        expect_status(404, '/change'); // there is no year before
        await saved(island, /inventories\/balance_(?!sample)/); await island.locator('[data-test=interval]').waitFor();
        inventory = new URL(island.url()).pathname;
        const view = await send(island, 'GET', inventory.replace('/cities/inventories', '/territory-inventories')), net = number_of(await island.locator('[data-test=net]').innerText());
        check(view.report.removals_kg === 360_000 && view.report.net_kg === view.report.emissions_kg - 360_000, `the balance is ${JSON.stringify(view.report)}`);
        check(Math.abs(net - view.report.net_kg / 1000) < 0.001 && net < 0, `the page says ${net}`);
        check(view.report.low_kg < view.report.net_kg && view.report.net_kg < view.report.high_kg, 'the interval does not hold the balance');
        return `${net} t`;
    });
    await step('what does not occur there is marked at once, and the year is finished', async () => {
        expect_status(404, '/change'); expect_status(404, '/change');
        await agree(island, 'The rest does not occur'); await island.getByText('Every sector').or(island.locator('details summary', { hasText: 'otation' })).first().waitFor();
        await agree(island, 'Finish'); await island.locator('.page-head .tag', { hasText: 'final' }).waitFor();
        await go(island, territory); await press(island, 'Publish'); await island.locator('.page-head .tag', { hasText: 'published' }).waitFor();
    });
    await step('a certificate asks for a plan to zero: one is entered step by step, and stands on the page of the island', async () => {
        expect_status(422, '/island-certificates');
        const refused = await send(island, 'POST', '/island-certificates', { inventory: inventory.split('/').pop(), assessor: (await send(first, 'GET', '/session')).organisation.id, evidence: [] }).catch(error => error.message);
        check(/zero_plan/.test(refused) && /Enter a plan to zero/.test(refused), `not refused for its plan: ${JSON.stringify(refused)}`);
        await go(island, territory); await island.locator('.page-head a, .page-head button', { hasText: 'plan to zero' }).first().click(); await island.waitForURL(/zero-plans\/new/); await settled(island);
        await island.fill('#field-title', 'Heron Island to zero'); await island.fill('#field-base_year', '2021'); await island.fill('#field-base_kg', '400000'); await island.fill('#field-zero_year', '2030'); await island.fill('#field-source', 'Council, spring');
        await island.fill('#field-steps-0-year', '2023'); await island.fill('#field-steps-0-kg', '250000'); await island.fill('#field-steps-0-measure', 'The forest grows');
        await island.locator('#field-steps > .add').click(); await island.fill('#field-steps-1-year', '2028'); await island.fill('#field-steps-1-kg', '150000'); await island.fill('#field-steps-1-measure', 'Electric ferries');
        await saved(island, /zero-plans\/zeroplan_(?!sample)/); check(await island.locator('[data-test=steps] tbody tr').count() === 2, 'the steps are not there');
        await go(island, territory); await island.locator('[data-test=plan] a', { hasText: 'Heron Island to zero' }).waitFor();
    });
    await step('its certificate is applied for with evidence, reviewed and verified by two, issued by the bank, and its proof holds', async () => {
        expect_status(404, '/change');
        await go(island, inventory); await island.locator('.page-head a', { hasText: 'certificate' }).first().click(); await island.waitForURL(/certificates\/new/); await settled(island);
        await choose(island, 'assessor', 'Island verifiers');
        for (let row = 0; row < 4; row++) await island.fill(`#field-evidence-${row}-statement`, `As surveyed and metered, ${row + 1}`);
        await saved(island, /certificates\/zerocert_(?!sample)/);
        certificate = new URL(island.url()).pathname;
        await press(island, 'Submit'); await island.locator('[data-test=standing]', { hasText: 'submitted' }).waitFor();
        await go(first, certificate); await say(first, 'Confirm review', 'Books, meters and survey seen.');
        await go(second, certificate); await say(second, 'Confirm verification', 'Recomputed from the books.');
        await go(page, certificate); await press(page, 'Issue'); await see('[data-test=number]');
        check((await page.locator('[data-test=standing]').innerText()).trim() === 'valid', 'the certificate does not hold');
        const number = (await page.locator('[data-test=number]').innerText()).trim();
        check((await page.locator('[data-test=steps]').innerText()).includes('Electric ferries'), 'the certificate does not show the steps of its plan');
        check(number_of(await page.locator('[data-test=net]').innerText()) === (await send(island, 'GET', inventory.replace('/cities/inventories', '/territory-inventories'))).report.net_kg / 1000, 'certificate and inventory show different balances');
        await page.click('[data-test=proof]'); await see('.proof-verdict.good, .proof-verdict.almost');
        check((await page.locator('#main').innerText()).includes(number), 'the proof is not of this certificate');
        return number;
    });
    await step('a reduction is planned on the page with technologies of the library: the peak comes down and both stand on the curve, the cheaper first', async () => {
        await go(island, `/cities/peaks/new?territory=${territory.split('/').pop()}`); await island.fill('#field-title', 'Quieter ferries, better roofs');
        await island.fill('#field-growth_percent', '4'); await island.fill('#field-growth_end_percent', '0'); await island.fill('#field-growth_spread_percent', '1'); await island.fill('#field-source', 'The council’s plan');
        await island.fill('#field-sectors-0-code', 'ferries'); await island.fill('#field-sectors-0-name', 'Ferries'); await island.fill('#field-sectors-0-kg', '120000'); await island.fill('#field-sectors-0-share_percent', '100'); await island.fill('#field-sectors-0-intensity_change_percent', '-1');
        await saved(island, /peaks\/peak_(?!sample)/);
        const before = await island.locator('.totals').first().innerText(), plan = new URL(island.url()).pathname;
        await go(island, plan + '/edit');
        const technologies = (await send(island, 'GET', '/technologies?limit=2&state=published')).items;
        for (const [row, kg, cost] of [[0, '40000', '120'], [1, '20000', '-30']]) {
            await island.locator('#field-measures > .add').click();
            await island.fill(`#field-measures-${row}-name`, `Measure ${row + 1}`); await choose(island, `measures-${row}-technology`, technologies[row].title.en); await island.fill(`#field-measures-${row}-sector`, 'ferries');
            await island.fill(`#field-measures-${row}-from_year`, String(new Date().getFullYear() + 1)); await island.fill(`#field-measures-${row}-kg`, kg); await island.fill(`#field-measures-${row}-cost_per_tonne`, cost);
        }
        await saved(island, new RegExp(plan + '$'));
        const after = await island.locator('.totals').first().innerText(), links = await island.locator('a[href^="/library/technologies/"]').evaluateAll(all => all.map(one => one.getAttribute('href').split('/').pop()));
        check(before !== after, `the peak stayed at ${after}`);
        check(links.indexOf(technologies[1].id) >= 0 && links.indexOf(technologies[1].id) < links.indexOf(technologies[0].id), `the curve has ${links}`);
        // The library offers its own tonnes; one of them joins with a capacity.
        const offered = island.locator('[data-test=library-measure]').first(), name = (await offered.locator('a').innerText()).trim();
        await offered.locator('button').click(); await offered.locator('input').fill('5'); await island.click('[data-test=add-measure]');
        await island.locator('li:not([data-test=library-measure]) a', { hasText: name }).waitFor(); await settled(island);
        check((await send(island, 'GET', plan.replace('/cities/peaks', '/peak-scenarios'))).peak_scenario.measures.length === 3, 'the measure was not kept');
        check(await island.locator('.chart', { hasText: 'Curve of abatement' }).locator('canvas, [role=img]').count(), 'no curve is drawn');
        return `${before} → ${after}`.replace(/\s+/g, ' ');
    });
    await step('a confidential line: its people see it, others see neither it nor what it would follow from', async () => {
        const city = '/cities/inventories/balance_sample_bay_city_2024', stranger = island;
        await go(stranger, city); await stranger.locator('[data-test=withheld]').waitFor();
        const hidden = await stranger.locator('td.number', { hasText: /^C$/ }).count();
        check(hidden >= 6, `${hidden} cells say C`); // amount and tonnes of three lines
        await go(page, city); await see('[data-test=withheld]');
        check(!await page.locator('td.number', { hasText: /^C$/ }).count(), 'the bank does not see the line');
    });
    await step('a target that is forecast above its limit rings for who answers for it, until that says what is done', async () => {
        const target = (await send(page, 'POST', '/carbon-targets', { territory: 'territory_sample_bay_city', responsible: (await send(island, 'GET', territory.replace('/cities', ''))).territory.owner, title: { en: 'Heron ferries' }, year: new Date().getFullYear(), kind: 'absolute', limit_kg: 100_000 })).id;
        await send(island, 'POST', `/carbon-targets/${target}/months`, { month: 1, kg: 20_000, evidence: 'fuel books' });
        await go(island, '/cities/targets'); await island.click('.bell'); await island.locator('.bell-list a', { hasText: 'Heron ferries' }).click(); await island.waitForURL('**/' + target); await settled(island);
        check((await island.locator('[data-test=light]').innerText()).trim() === 'red', 'the light is not red');
        await say(island, 'Answer the warning', 'The second ferry stays in harbour from March on; Ida answers for it.');
        await island.locator('[data-test=warning] .tag', { hasText: 'answered' }).waitFor();
        await go(island, '/cities/targets'); await island.click('.bell'); await island.locator('.bell-list').waitFor(); await island.waitForTimeout(800);
        check(!await island.locator('.bell-list a', { hasText: 'Heron ferries' }).count(), 'it rings still');
    });
    await step('the city’s dashboard shows what was signed', async () => {
        await page.goto(base + '/cities/dashboard/territory_sample_bay_city'); await see('[data-test=signed]');
        check(Number(await page.locator('[data-test=signed]').innerText()) >= 2 && await page.locator('a[href^="/events/signings/signing_"]').count() >= 2, 'no signings');
    });
    await step('an island shows its net balance with the interval, and why it changed', async () => {
        await page.goto(base + '/cities/territories/territory_sample_island'); await see('[data-test=net]'); await see('[data-test=interval]');
        const net = (await page.locator('[data-test=net]').innerText()).trim();
        check(/^[-−]/.test(net), `the net balance is ${net}`);
        await page.locator('[data-test=year]').first().click(); await page.waitForURL(/inventories\/balance_/); await see('[data-test=change]');
        check((await page.locator('[data-test=net]').innerText()).trim() === net, 'island and inventory show different balances');
        return net;
    });
    await step('the bank issues the certificate that waits for it, and its proof holds', async () => {
        await page.goto(base + '/cities/certificates/zerocert_sample_skerry_2025'); await see('[data-test=standing]');
        await page.getByRole('button', { name: 'Issue', exact: true }).click(); await see('[data-test=number]');
        check((await page.locator('[data-test=standing]').innerText()).trim() === 'valid', 'the certificate does not hold');
        const number = (await page.locator('[data-test=number]').innerText()).trim();
        await page.click('[data-test=proof]'); await see('.proof-verdict.good, .proof-verdict.almost');
        return number;
    });
    await step('the sample city’s plan of reductions with technologies of the library stands on the curve', async () => {
        await page.goto(base + '/cities/peaks/peak_sample_bay_city'); await see('[data-test=peak]');
        check(await page.locator('a[href^="/library/technologies/tech_sample"]').count() >= 5, 'no technologies on the curve');
        return (await page.locator('[data-test=peak]').innerText()).trim();
    });
    await step('another weight moves the intervals of the ranks', async () => {
        await page.goto(base + '/cities/indices/cityindex_sample_2025'); await see('.league tbody tr'); await settled(page);
        const before = await page.locator('.league [data-test=interval]').allInnerTexts();
        await page.locator('#weight-economy').fill('50'); await page.click('[data-test=try]'); await see('[data-test=tried]');
        const after = await page.locator('.league [data-test=interval]').allInnerTexts();
        check(before.length === 20 && before.join() !== after.join(), 'no interval moved');
        await page.click('[data-test=what-matters]'); await see('[data-test=sensitivity]'); await see('[data-test=over-time]'); await see('[data-test=together] li');
    });
    for (const tab of [island, first, second]) await tab?.context().close();
};
