// Pages of one-stop services for the checks of every page, and a few steps: recognition is asked for, a request is made and judged, equipment is booked.
export const open = ['/services', '/services/offers/service_sample_microgrid_consulting', '/services/facilities', '/services/facilities/facility_sample_water_lab', '/services/equipment', '/services/equipment/equipment_sample_hil_bench',
    '/services/cooperations', '/services/cooperations/cooperation_sample_kazakhstan_wind_heat', '/services/recognitions?x=24034&in=WORLD', '/services/recognitions/recognition_sample_gbt24034', '/services/countries', '/services/countries/KZ', '/services/facts/countryfact_sample_kz_zhanatas'];
export const inside = ['/services/requests', '/services/requests/request_sample_island_microgrid', '/services/requests/new', '/services/desk', '/services/overview', '/services/bookings', '/services/incubations', '/services/incubations/incubation_sample_kelp_drying',
    '/services/groups', '/services/groups/workgroup_sample_recognition', '/services/meetings/groupmeeting_sample_recognition_1', '/services/tasks/grouptask_sample_translate_form', '/services/offers/new', '/services/cooperations/new'];

export default async ({ step, check, button, see, choose, settled, expect_status, page, base }) => {
    await step('whether a standard is accepted somewhere is answered with how well it is known', async () => {
        await page.goto(base + '/services/recognitions?x=24034&in=WORLD'); await see('.question .reply .tag.good');
        check(await page.locator('.question .reply .tag', { hasText: 'official' }).count(), 'the answer does not say how well it is known');
        await page.fill('.question input', 'patent of invention'); await page.locator('.question .where').click(); await page.keyboard.type('Russia'); await page.locator('.el-select-dropdown__item:visible', { hasText: 'Russia' }).first().click();
        await button('Ask').click(); await see('.question .reply .tag.bad');
    });
    await step('a request is made, judged with reasons and takes its place in the queue', async () => {
        await page.goto(base + '/services/requests/new'); await see('.record-form .fields');
        await page.fill('#field-title', 'Which membrane for saline wells?'); await page.fill('#field-description', 'Twelve wells turn saline; measured by salt and electricity.');
        await choose('field', 'Water'); await choose('country', 'Kazakhstan');
        await page.click('.save-bar .el-button--primary'); await page.waitForURL(/requests\/request_(?!sample)[a-z0-9]+$/); await settled(page);
        await button('Judge the request').click(); await see('.triage .criterion');
        const criteria = page.locator('.triage .criterion'), reasons = await page.locator('.triage .criterion').count();
        for (let at = 0; at < reasons; at++) { const one = criteria.nth(at), yes = one.locator('.el-radio-button', { hasText: /^yes$/ }); if (await yes.count()) { await yes.click(); await one.locator('input.el-input__inner').fill('It is named in the request.'); } }
        await button('Find eligible').click(); await see('.findings .tag.good');
        await page.goto(base + '/services/desk'); await see('.queue li'); check(await page.locator('.queue li', { hasText: 'Which membrane' }).count(), 'the request is not in the queue');
        await page.locator('.queue .points').first().click(); await see('.queue .score dd');
        const [points, sum] = await page.evaluate(() => { const item = document.querySelector('.queue li'); return [Number(item.querySelector('.points b').textContent.replace(/\D/g, '')), [...item.querySelectorAll('.score .value')].reduce((all, one) => all + Number(one.textContent.split('/')[0].replace(/\D/g, '')), 0)]; });
        check(points === sum, `${points} points, but the parts sum to ${sum}`);
        await button('Give places').click(); await see('.el-message--success');
        return `${points} points`;
    });
    await step('shared equipment is booked by slots, and the same slot is not given twice', async () => {
        await page.goto(base + '/services/equipment/equipment_sample_electronics_bench'); await see('.calendar .slot.free');
        await page.locator('.calendar button', { hasText: 'Later' }).click(); await settled(page); await see('.calendar button.slot.free');
        const slot = page.locator('.calendar button.slot.free').first(), body = await page.evaluate(async () => (await (await fetch('/api/v1/equipment/equipment_sample_electronics_bench/calendar?days=40')).json()).days.at(-1));
        await slot.click(); await page.fill('.calendar .book input', 'A first circuit'); await button('Book').click(); await see('.calendar .slot.own');
        expect_status(409, '/equipment-bookings');
        const twice = await page.evaluate(async slot => { const send = () => fetch('/api/v1/equipment-bookings', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1' }, body: JSON.stringify({ equipment: 'equipment_sample_electronics_bench', begins_at: slot.begins_at, ends_at: slot.ends_at, purpose: { en: 'x' } }) }); return [(await send()).status, (await send()).status]; }, body.slots[0]);
        check(twice[0] === 201 && twice[1] === 409, `booked twice: ${twice}`);
    });
};
