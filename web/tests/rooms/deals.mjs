// Pages of deals for the checks of every page, and one deal by four roles: need, match, interest, agreement, contract, escrow, milestone, release.
import { people } from '../people.mjs';

export const open = ['/deals/clauses'];
export const inside = ['/deals', '/deals/interests', '/deals/interests/interest_sample_island_battery', '/deals/deal_sample_island_battery', '/deals/deal_sample_kazakhstan_scr/edit', '/deals/contracts', '/deals/contracts/contract_sample_island_engineering', '/deals/contracts/contract_sample_maldives_engineering/edit', '/deals/contracts/contract_sample_island_engineering/versions', '/deals/escrow', '/deals/escrow/escrow_sample_island_1', '/deals/valuations', '/deals/valuations/valuation_sample_battery', '/deals/valuations/new'];

export default async function (walk) {
    const { step, check, settled, expect_status, page } = walk, { send, press, agree, go, join } = people(walk);
    const tagged = (tab, text) => tab.locator('.page-head .tag', { hasText: text }).first().waitFor();
    let buyer, holder, adviser, firms, need, technology, interest, deal, contract;

    await step('deals: a buyer, a holder and an adviser; the buyer posts a need and the match leads to the holder’s technology', async () => {
        const firm = name => send(page, 'POST', '/organisations', { name: { en: name }, kind: 'enterprise', country: 'KZ' });
        firms = { buyer: (await firm('Steppe utility of the walk')).id, holder: (await firm('Membrane works of the walk')).id };
        buyer = await join('buyer@walk.test', 'Botagoz Buyer', 'manager', firms.buyer); holder = await join('holder@walk.test', 'Hans Holder', 'manager', firms.holder); adviser = await join('adviser@walk.test', 'An Adviser', 'officer');
        for (const [owner, amount] of [[firms.buyer, '250000.00'], [firms.holder, undefined]]) {
            const account = await send(page, 'POST', '/ledger/accounts', { title: { en: 'Deposit of the walk' }, owner, purpose: 'customer', asset: 'asset_sample_cny', rule: 'debits_must_not_exceed_credits' });
            if (amount) await send(page, 'POST', '/ledger/transfer', { id: 'transfer_0' + Date.now().toString().padStart(25, '0'), debit: 'account_sample_settlement_cny', credit: account.id, amount });
        }
        technology = (await send(holder, 'POST', '/technologies', { title: { en: 'Walking membrane bioreactor' }, summary: { en: 'A membrane bioreactor that cleans municipal wastewater.' }, field: 'water', readiness: { scale: 'gbt22900', level: 9 }, territories: ['WORLD'], origin: 'KZ', operating_cost: { amount: '1.20', currency: 'CNY' }, operating_cost_per: 'm3', disclosure: [{ field: 'operating_cost', stage: 'agreement' }] })).id;
        await send(holder, 'POST', `/technologies/${technology}/publish`);
        need = (await send(buyer, 'POST', '/needs', { title: { en: 'Walking membrane bioreactor for a town' }, summary: { en: 'A membrane bioreactor for municipal wastewater.' }, field: 'water', country: 'KZ' })).id;
        await send(buyer, 'POST', `/needs/${need}/publish`);
        for (let i = 0; i < 20; i++) { await go(buyer, `/needs/${need}/matches`); if (await buyer.locator('.match-card h2 a', { hasText: 'Walking membrane' }).count()) break; await buyer.waitForTimeout(500); }
        await buyer.locator('.match-card h2 a', { hasText: 'Walking membrane' }).click(); await buyer.waitForURL('**/' + technology); await settled(buyer);
    });
    await step('deals: the buyer answers three questions; one that names it is sent back at its field', async () => {
        await buyer.locator('.page-head a', { hasText: 'Express interest' }).click(); await buyer.waitForURL('**/deals/interests/new*'); await settled(buyer);
        await buyer.locator('#field-cooperation').locator('xpath=ancestor::*[contains(@class,"el-select__wrapper")]').click(); await buyer.locator('.el-select-dropdown__item:visible', { hasText: 'engineering' }).first().click();
        await buyer.fill('#field-cooperation_wish', 'Supply and installation of one plant.'); await buyer.fill('#field-missing_information', 'The running cost and the time of delivery.'); await buyer.fill('#field-presentation', 'We are Steppe Utility of the walk.');
        expect_status(422, '/interests');
        const refused = buyer.waitForResponse(answer => answer.url().endsWith('/interests') && answer.request().method() === 'POST');
        await press(buyer, 'Send'); check((await refused).status() === 422, 'a name was let through'); await buyer.locator('.field-problem').first().waitFor();
        await buyer.fill('#field-presentation', 'A municipal utility with three towns to serve.'); await press(buyer, 'Send');
        await buyer.waitForURL(/deals\/interests\/interest_/); await settled(buyer);
        interest = new URL(buyer.url()).pathname;
    });
    await step('deals: the adviser forwards it; the holder sees no name, asks through the adviser, and accepts', async () => {
        await go(adviser, '/deals/interests'); await adviser.locator('.hit', { hasText: 'Walking membrane' }).click(); await adviser.waitForURL('**' + interest); await settled(adviser);
        await press(adviser, 'Take on'); await tagged(adviser, 'with an adviser');
        await agree(adviser, 'Forward'); await tagged(adviser, 'forwarded');
        await go(holder, '/deals/interests'); await holder.locator('.hit', { hasText: 'Walking membrane' }).click(); await holder.waitForURL('**' + interest); await settled(holder);
        const text = await holder.locator('#main').innerText();
        check(/Kazakhstan/.test(text) && !/Steppe|Botagoz/i.test(text), 'the holder sees who is interested');
        await holder.fill('textarea[name=message]', 'How many cubic metres a day?'); await press(holder, 'Send'); await holder.locator('.messages li', { hasText: 'waits for the adviser' }).waitFor();
        await go(buyer, interest); check(!await buyer.locator('.messages').count(), 'a message came through unread');
        await go(adviser, interest); await press(adviser, 'Pass on'); await adviser.locator('.messages .row').waitFor({ state: 'detached' });
        await go(buyer, interest); await buyer.locator('.messages li', { hasText: 'cubic metres' }).waitFor();
        await agree(holder, 'Accept'); await holder.locator('.page-head a', { hasText: 'To the deal' }).waitFor();
        check(/Steppe utility/.test(await holder.locator('#main').innerText()), 'the party is not named after acceptance');
        await holder.locator('.page-head a', { hasText: 'To the deal' }).click(); await holder.waitForURL(/\/deals\/deal_/); await settled(holder);
        deal = new URL(holder.url()).pathname;
    });
    await step('deals: a non-disclosure agreement of both moves the deal on to disclosure', async () => {
        const made = await send(buyer, 'POST', '/agreements', { entry: technology, purpose: 'We want to know what it costs to run.' });
        await send(holder, 'POST', `/agreements/${made.id}/offer`, { terms: 'Tell nobody.' }); await send(buyer, 'POST', `/agreements/${made.id}/sign`); await send(holder, 'POST', `/agreements/${made.id}/sign`);
        for (let i = 0; i < 30 && (await send(buyer, 'GET', deal)).deal.stage !== 'disclosure'; i++) await buyer.waitForTimeout(500);
        await go(buyer, deal); await buyer.locator('.state-line li.at', { hasText: 'disclosure' }).waitFor();
    });
    await step('deals: a contract is drafted, filled, agreed to and signed by both', async () => {
        await buyer.locator('.page-head a', { hasText: 'Draft a contract' }).click(); await buyer.waitForURL('**/deals/contracts/new*'); await settled(buyer);
        await buyer.locator('#field-number').waitFor(); await buyer.fill('#field-number', 'W-1'); await buyer.fill('#field-subject', 'One membrane plant for a town.');
        await press(buyer, 'Save'); await buyer.waitForURL(/deals\/contracts\/contract_/); await settled(buyer);
        contract = new URL(buyer.url()).pathname;
        await buyer.locator('.notice', { hasText: 'Warranty in months' }).waitFor();
        const values = { results_owner: 'the client', confidentiality_years: '5', performance: 'as specified', warranty_months: '24', acceptance_days: '10', delay_percent: '0.5', liability_percent: '100', force_majeure_days: '10', notice_days: '30', governing_law: 'Kazakhstan', dispute_place: 'Astana' };
        const part = amount => [{ organisation: firms.holder, amount: { amount, currency: 'CNY' } }];
        await send(buyer, 'PATCH', contract.replace('/deals', ''), { amount: { amount: '200000.00', currency: 'CNY' }, starts_on: '2026-12-01', ends_on: '2027-12-31', parameters: Object.entries(values).map(([name, en]) => ({ name, value: { en } })), milestones: [{ number: 1, title: { en: 'Plant delivered' }, due: '2027-03-31', parts: part('80000.00') }, { number: 2, title: { en: 'Plant running' }, due: '2027-09-30', parts: part('120000.00') }] });
        await go(buyer, contract); await press(buyer, 'Put to the parties'); await tagged(buyer, 'under review');
        await agree(buyer, 'Agree'); await buyer.locator('.tag', { hasText: 'has agreed' }).waitFor();
        await go(holder, contract); await agree(holder, 'Agree'); await tagged(holder, 'agreed'); await agree(holder, 'Sign'); await tagged(holder, 'partly signed');
        await go(buyer, contract); await agree(buyer, 'Sign'); await tagged(buyer, 'signed');
        check(await buyer.locator('.state-line b', { hasText: 'pay into escrow' }).count(), 'who is next is not said');
    });
    await step('deals: the buyer pays into escrow by two pairs of eyes, evidence is accepted, and the milestone is released', async () => {
        await agree(buyer, 'Pay into escrow'); await buyer.locator('.escrow .tag', { hasText: 'waiting' }).waitFor();
        const approve = async () => {
            await go(page, '/deals/escrow?state=waiting'); await page.locator('.record-list tbody a').first().click(); await page.waitForURL(/deals\/escrow\/escrow_/); await settled(page);
            await agree(page, 'Agree and post'); await page.locator('.page-head .tag', { hasText: 'posted' }).waitFor();
        };
        await approve();
        await go(holder, contract); await tagged(holder, 'in force');
        await holder.locator('[data-milestone="1"]').getByRole('button', { name: 'Bring evidence' }).click(); await holder.fill('textarea[name=evidence]', 'Delivery note, signed on site.');
        await holder.setInputFiles('[data-milestone="1"] input[type=file]', { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('delivered') });
        await holder.locator('[data-milestone="1"] form').getByRole('button', { name: 'Bring evidence' }).click(); await holder.locator('[data-milestone="1"] .tag', { hasText: 'submitted' }).waitFor();
        await go(buyer, contract); await agree(buyer, 'Accept'); await buyer.locator('[data-milestone="1"] .tag', { hasText: 'accepted' }).waitFor();
        await approve();
        await go(buyer, contract); await buyer.locator('[data-milestone="1"] .tag', { hasText: 'paid' }).waitFor();
        const money = await buyer.locator('.escrow').innerText();
        check(/80,000/.test(money) && /120,000/.test(money), `the escrow panel says ${money.slice(0, 200)}`);
        check(!await buyer.locator('.escrow .notice.bad').count(), 'contract and ledger differ');
        const view = await send(buyer, 'GET', contract.replace('/deals', ''));
        check(view.escrow.ledger_balance.amount === '120000.00', `the ledger holds ${view.escrow.ledger_balance.amount}`);
        for (const tab of [buyer, holder, adviser]) await tab.context().close();
    });
}
