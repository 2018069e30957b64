// A forum from registration over badge, check-in and meetings to the signing board; and the room's pages for the checks of every page.
export const open = ['/events', '/events/event_sample_forum', '/events/event_sample_forum/programme', '/events/event_sample_forum/floor', '/events/event_sample_forum/roadshows', '/events/event_sample_forum/signings', '/events/event_sample_forum/board', '/events/event_sample_forum/promises', '/events/event_sample_forum/meetings', '/events/event_sample_forum_next/register', '/events/promises', '/events/signings/signing_sample_battery_base', '/events/sessions/programmeitem_sample_need'];
export const inside = ['/events/new', '/events/registrations', '/events/event_sample_forum/people', '/events/event_sample_forum/check-in', '/events/rounds/meetinground_sample_forum', '/events/plans/meetingplan_sample_forum', '/events/plans/meetingplan_sample_forum/agenda/attendee_sample_island', '/events/booths/new?event=event_sample_forum', '/events/registrations/registration_sample_03'];

export default async ({ step, check, button, see, choose, settled, watch, page, browser, base }) => {
    const api = (method, path, body) => page.evaluate(async ([method, path, body]) => { const answer = await fetch('/api/v1' + path, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1' } }); return answer.status === 204 ? {} : answer.json(); }, [method, path, body]);
    const wait = (fact, argument, timeout = 20_000) => page.waitForFunction(fact, argument, { timeout });
    let event = '', code = '';
    await step('a forum is entered, published and opened for registration', async () => {
        await page.goto(base + '/events?lang=en'); await settled(page);
        await page.getByRole('link', { name: 'New event' }).first().click(); await page.waitForURL('**/events/new'); await see('#field-title');
        await page.fill('#field-title', 'Forum of the walk'); await choose('country', 'Kazakhstan');
        await page.fill('#field-first_day', '2027-06-01'); await page.fill('#field-last_day', '2027-06-02'); await page.fill('#field-capacity', '50');
        await page.click('.save-bar .el-button--primary'); await page.waitForURL(/events\/event_(?!sample)[a-z0-9]+$/); await settled(page);
        event = new URL(page.url()).pathname.split('/').pop();
        for (const name of ['Publish', 'Open registration']) { await button(name).click(); await button(name).waitFor({ state: 'detached' }); }
        await page.getByRole('link', { name: 'Register', exact: true }).first().waitFor();
    });
    await step('somebody registers and gets a badge with a code, on the screen and as PDF', async () => {
        await page.getByRole('link', { name: 'Register', exact: true }).first().click(); await page.waitForURL('**/register'); await see('#field-name');
        await page.fill('#field-name', 'Rita Registrant'); await page.fill('#field-email', 'rita@example.org'); await page.fill('#field-organisation_name', 'Steppe Heat'); await choose('country', 'Kazakhstan');
        await page.click('.save-bar .el-button--primary'); await see('.badge-card .qr');
        code = (await page.locator('.badge-code').textContent()).trim();
        check(/^[0-9A-Z]{10}$/.test(code), `the code is ${code}`);
        const badge = await page.evaluate(async code => { const answer = await fetch('/api/v1/badges/' + code); return [answer.status, answer.headers.get('content-type'), (await answer.text()).slice(0, 4)]; }, code);
        check(badge.join() === '200,application/pdf,%PDF', badge.join());
        return code;
    });
    await step('the desk lets the badge in once and says when, the second time', async () => {
        await page.goto(`${base}/events/${event}/check-in`); await settled(page);
        for (const [typed, look] of [[code.toLowerCase(), '.desk-result.good'], [`${base}/events/${event}/check-in?code=${code}`, '.desk-result.warn']]) { await page.fill('#desk-code', typed); await page.keyboard.press('Enter'); await see(look); check((await page.locator(look).textContent()).includes('Rita Registrant'), 'the name is missing'); }
        await wait(() => document.querySelector('.desk-counts b')?.textContent.trim() === '1');
        check((await page.locator('.desk-result.warn').textContent()).includes('already'), 'it does not say when');
    });
    await step('meetings are scheduled with their bounds, announced and read as an agenda', async () => {
        for (const action of ['open_booking', 'start']) await api('POST', `/events/${event}/step`, { action });
        const round = await api('POST', '/meeting-rounds', { event, title: { en: 'Meetings of the walk' }, tables: 2, day_parts: [{ name: 'morning', starts_at: '2027-06-01T02:00:00Z', ends_at: '2027-06-01T04:00:00Z' }] });
        const people = [];
        for (const name of ['Island', 'Sun', 'Wind', 'Store']) people.push((await api('POST', '/meeting-attendees', { round: round.id, name: { en: name }, country: 'CN' })).id);
        for (const [asking, asked, value] of [[0, 1, 9], [0, 2, 8], [0, 3, 7], [1, 3, 4]]) { const made = await api('POST', '/meeting-wishes', { asking: people[asking], asked: people[asked], value_asking: value }); await api('POST', `/meeting-wishes/${made.id}/answer`, { answer: 'accepted', value: 6 }); }
        await page.goto(`${base}/events/${event}/meetings`); await settled(page); await page.getByRole('link', { name: 'Meetings of the walk' }).click(); await page.waitForURL('**/events/rounds/*'); await settled(page);
        await button('Schedule the round').click(); await see('.job .tag.good'); await page.getByRole('link', { name: 'Plan 1' }).click(); await page.waitForURL('**/events/plans/*'); await settled(page);
        check((await page.locator('.plan-figures').first().textContent()).includes('4 of 4 placed'), await page.locator('.plan-figures').first().textContent());
        check(await page.locator('.plan-grid td.mutual').count() === 4, 'not four meetings in the table');
        await button('Announce the plan').click(); await page.locator('.el-message-box .el-button--primary').click(); await page.locator('.page-head .tag', { hasText: 'announced' }).waitFor();
        await page.locator('.plan-grid td a', { hasText: 'Island' }).first().click(); await page.waitForURL('**/agenda/**'); await settled(page);
        check(await page.locator('.agenda li').count() === 3, 'not three meetings in the agenda');
        const calendar = await page.evaluate(async href => (await (await fetch(href)).text()).match(/BEGIN:VEVENT/g).length, await page.getByRole('link', { name: 'Calendar file' }).getAttribute('href'));
        check(calendar === 3, `${calendar} events in the calendar`);
    });
    await step('somebody leaves: the plan is repaired with the fewest changes', async () => {
        await page.goBack(); await page.waitForURL(/events\/plans\/meetingplan_[a-z0-9]+$/); await settled(page);
        await page.locator('.repair-fields .el-select').first().click(); await page.keyboard.type('Wind'); await page.locator('.el-select-dropdown__item:visible', { hasText: 'Wind' }).first().click(); await page.keyboard.press('Escape');
        await button('Repair the plan').click(); await page.getByRole('heading', { name: 'Plan 2' }).waitFor(); await settled(page);
        check((await page.locator('.plan-figures').first().textContent()).includes('changed'), 'the changes are not shown with their bound');
    });
    await step('what is signed stands on the board without a reload', async () => {
        const signing = await api('POST', '/signings', { event, kind: 'engineering_contract', title: { en: 'Contract of the walk' }, country: 'KZ', parties: [{ name: { en: 'A' }, country: 'KZ' }, { name: { en: 'B' }, country: 'CN' }], amount: { amount: '250000000.00', currency: 'CNY' }, standing: 'unconfirmed' });
        const other = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1920, height: 1080 } }), board = watch(await other.newPage());
        await board.goto(`${base}/events/${event}/board?lang=zh`); await board.locator('.board-next', { hasText: 'Contract of the walk' }).waitFor();
        await page.goto(`${base}/events/signings/${signing.id}`); await settled(page); await button('Mark as signed').click();
        await board.locator('.board-latest li', { hasText: 'Contract of the walk' }).waitFor({ timeout: 15_000 });
        const total = board.locator('.board-total data').first();
        check((await total.textContent()).includes('2.5亿') && (await total.getAttribute('title')).includes('250,000,000'), await total.textContent());
        check(await board.evaluate(() => document.documentElement.scrollWidth <= 1920 && document.documentElement.scrollHeight <= 1080), 'the board does not fit the screen');
        await other.close();
    });
    await step('the sample forum shows its overdue promises and its floor', async () => {
        await page.goto(base + '/events/event_sample_forum/promises?lang=en'); await settled(page); await see('.funnel li:nth-child(4)');
        check((await page.locator('#main').textContent()).includes('Overdue'), 'no overdue promises');
        await page.goto(base + '/events/event_sample_forum/floor'); await settled(page); await page.locator('.booth').first().click(); await see('.floor-plan .chosen');
    });
};
