// Pages of finance for the checks of every page, and one loan: request, three offers, contract, draw-down, missed payment, warning, claim on the fund,
// split. The same figures stand on the page, in the record and in the ledger. (The loan runs from a value date in the past, which the desk has seen on paper.)
import { sideways } from '../browser.mjs';
import { people } from '../people.mjs';

export const open = [];
export const inside = ['/finance', '/finance/requests/new', '/finance/requests/financing_sample_island', '/finance/offers/offer_sample_island_green_bank', '/finance/loans', '/finance/watch', '/finance/loans/loan_sample_island', '/finance/loans/loan_sample_city_kitchen_waste', '/finance/pools', '/finance/pools/pool_sample_island', '/finance/pools/new', '/finance/claims', '/finance/late', '/finance/covers', '/finance/covers/new', '/finance/covers/cover_sample_wind', '/finance/insurance-claims', '/finance/stress', '/finance/stress/new', '/finance/stress/stress_sample_typhoon', '/finance/green', '/finance/green/new', '/finance/green/green_sample_island', '/finance/bonds', '/finance/bonds/new', '/finance/lines', '/finance/lines/revolvingline_sample_waste', '/finance/lines/new', '/finance/leases', '/finance/leases/lease_sample_dairy', '/finance/leases/new', '/finance/guarantees', '/finance/guarantees/guarantee_sample_retrofits', '/finance/guarantee-calls/guaranteecall_sample_retrofits', '/finance/guarantees/new', '/finance/funds', '/finance/funds/greenfund_sample_transfer', '/finance/funds/new', '/finance/fixings', '/finance/fixings/new', '/finance/hazards', '/finance/hazards/new', '/finance/notices', '/finance/notices/inbox', '/finance/notices/new', '/finance/notices/take', '/finance/notices/partners/new', '/finance/biodiversity', '/finance/biodiversity/new', '/finance/biodiversity/products/new', '/finance/regional', '/finance/credit', '/finance/credit/read', '/finance/credit/consents/new', '/finance/credit/entries/new'];

export default async function (walk) {
    const { step, check, settled, page, expect_status } = walk, { send, press, agree, go, join } = people(walk);
    const cny = amount => ({ amount, currency: 'CNY' });
    let borrower, lenders = [], desk, fund, pool, request, loan;
    const balance = async account => (await send(page, 'GET', `/ledger/accounts/${account}`)).balance;

    await step('finance: a borrower, three lenders and the desk; a pool of 40 to 60', async () => {
        const firm = async (name, kind, amount) => {
            const id = (await send(page, 'POST', '/organisations', { name: { en: name }, kind, country: 'CN' })).id;
            const account = (await send(page, 'POST', '/ledger/accounts', { title: { en: 'Deposit of the walk' }, owner: id, purpose: 'customer', asset: 'asset_sample_cny', rule: 'debits_must_not_exceed_credits' })).id;
            await send(page, 'POST', '/ledger/transfer', { id: 'transfer_0' + (Date.now() * 10 + lenders.length).toString().padStart(25, '0'), debit: 'account_sample_settlement_cny', credit: account, amount });
            return { id, account };
        };
        const owner = await firm('Borrower of the walk', 'enterprise', '1000.00');
        borrower = { ...owner, tab: await join('borrower@walk.test', 'Bo Borrower', 'manager', owner.id) };
        for (const name of ['First', 'Second', 'Third']) { const bank = await firm(`${name} lender of the walk`, 'enterprise', '200000.00'); lenders.push({ ...bank, tab: await join(`${name.toLowerCase()}@walk.test`, `${name} Lender`, 'manager', bank.id) }); }
        desk = await join('finance@walk.test', 'Dee Desk', 'officer');
        fund = (await send(page, 'POST', '/ledger/accounts', { title: { en: 'Fund of the walk' }, owner: borrower.id, purpose: 'compensation_fund', asset: 'asset_sample_cny', rule: 'debits_must_not_exceed_credits' })).id;
        await send(page, 'POST', '/ledger/transfer', { id: 'transfer_0' + (Date.now() * 10 + 9).toString().padStart(25, '0'), debit: 'account_sample_settlement_cny', credit: fund, amount: '50000.00' });
        pool = (await send(desk, 'POST', '/risk-pools', { title: { en: 'Pool of the walk' }, parties: [{ name: { en: 'Fund' }, account: fund, share: 400000 }, { name: { en: 'Lender' }, share: 600000 }], fund: 0, claim_after_days: 0, valid_from: '2026-01-01', source: 'the walk' })).id;
    });
    await step('finance: the borrower asks on the page; three offers stand side by side, the cheapest first', async () => {
        await go(borrower.tab, '/finance'); await borrower.tab.locator('.page-head a', { hasText: 'Ask for money' }).click(); await borrower.tab.waitForURL('**/finance/requests/new'); await settled(borrower.tab);
        await borrower.tab.fill('#field-title', 'Storage of the walk'); await borrower.tab.fill('#field-amount', '100000.00'); await press(borrower.tab, 'Ask for money');
        await borrower.tab.waitForURL(/finance\/requests\/financing_/); await settled(borrower.tab);
        request = new URL(borrower.tab.url()).pathname.split('/').pop();
        for (const [index, rate] of [4.5, 4.2, 4.9].entries()) await send(lenders[index].tab, 'POST', '/financing-offers', { request, amount: cny('100000.00'), rate, months: 24, frequency: 12, ...(index === 1 ? { pool } : {}) });
        await go(borrower.tab, `/finance/requests/${request}`);
        const rows = await borrower.tab.locator('.offers tbody tr').allInnerTexts();
        check(rows.length === 3 && /Second lender/.test(rows[0]), 'the cheapest offer does not stand first');
    });
    await step('finance: the offer is accepted and becomes a loan; the lender pays out; page, record and ledger say the same', async () => {
        await agree(borrower.tab, 'Accept an offer'); await borrower.tab.waitForURL(/finance\/loans\/loan_/); await settled(borrower.tab);
        loan = new URL(borrower.tab.url()).pathname.split('/').pop();
        const day = new Date(Date.now() - 75 * 86_400_000).toISOString().slice(0, 10);
        await send(desk, 'POST', `/loans/${loan}/value-date`, { day, source: 'Receipt of the walk' });
        await go(lenders[1].tab, `/finance/loans/${loan}`); await press(lenders[1].tab, 'Pay out'); await lenders[1].tab.locator('#field-amount').waitFor();
        await lenders[1].tab.locator('form').getByRole('button', { name: 'Pay out', exact: true }).click();
        await lenders[1].tab.locator('.due tbody tr').first().waitFor();
        const view = await send(borrower.tab, 'GET', `/loans/${loan}`);
        check(view.loan.principal.amount === '100000.00' && await balance(view.loan.loan_account) === '-100000.00' && await balance(borrower.account) === '101000.00', 'record and ledger differ');
        check(/100,000/.test(await lenders[1].tab.locator('#main').innerText()), 'the page shows another sum');
    });
    await step('finance: two payments are missed: the loan is late, the watch list has it with its reason, and what is done is written down', async () => {
        const view = await send(lenders[1].tab, 'GET', `/loans/${loan}`), late = view.loan.instalments.filter(one => one.billed).reduce((sum, one) => sum + one.principal + one.interest, 0);
        check(view.loan.instalments.filter(one => one.billed).length === 2 && Math.round(Number(view.loan.late.amount) * 100) === late && view.loan.warning === 'orange', 'the loan is not late by two payments');
        await go(lenders[1].tab, '/finance/watch'); await lenders[1].tab.locator('tbody tr', { hasText: 'Borrower of the walk' }).locator('a').first().click();
        await lenders[1].tab.waitForURL(/finance\/warnings\/warning_/); await settled(lenders[1].tab);
        check(/days late/.test(await lenders[1].tab.locator('#main').innerText()), 'the warning has no reason');
        await press(lenders[1].tab, 'Enter an action'); await lenders[1].tab.fill('#field-text', 'Asked for the payment'); await lenders[1].tab.locator('form').getByRole('button', { name: 'Enter an action', exact: true }).click();
        await lenders[1].tab.locator('li', { hasText: 'Asked for the payment' }).waitFor();
    });
    await step('finance: the lender claims, the desk agrees, the fund pays its part; claim, split and ledger say the same', async () => {
        await go(lenders[1].tab, `/finance/loans/${loan}`); await agree(lenders[1].tab, 'Claim');
        await go(desk, '/finance/claims'); await desk.locator('tbody a').first().click(); await desk.waitForURL(/finance\/claims\/claim_/); await settled(desk);
        await agree(desk, 'Agree to a claim'); await desk.locator('td', { hasText: '40,000' }).first().waitFor();
        const claim = (await send(desk, 'GET', `/pool-claims?loan=${loan}`)).items[0];
        check(claim.parts[0].amount.amount === '40000.00' && claim.parts[1].amount.amount === '60000.00' && (await send(page, 'GET', `/ledger/transfers/${claim.parts[0].transfer}`)).amount === '40000.00', 'claim and ledger differ');
        check(await balance(fund) === '10000.00', 'the fund paid another part');
    });
    await step('finance: a line is offered on the page, taken and drawn; line, movement and ledger say the same; the close is on the published rate', async () => {
        const lender = lenders[0].tab;
        await go(lender, '/finance/lines/new'); await lender.fill('#field-title', 'Line of the walk');
        const made = await send(lender, 'POST', '/revolving-lines', { title: { en: 'Line of the walk' }, borrower: borrower.id, limit: cny('5000.00'), benchmark: 'lpr_1y', rate: 0.5, commitment_fee: 0.2, months: 12 });
        await go(borrower.tab, '/finance/lines'); await borrower.tab.locator('tbody a', { hasText: 'Line of the walk' }).first().click(); await borrower.tab.waitForURL(/finance\/lines\/revolvingline_/); await settled(borrower.tab);
        await agree(borrower.tab, 'Take the line'); await borrower.tab.getByRole('button', { name: 'Draw', exact: true }).first().waitFor();
        const before = Number(await balance(borrower.account));
        await press(borrower.tab, 'Draw'); await borrower.tab.fill('#field-amount', '3000.00'); await borrower.tab.locator('form').getByRole('button', { name: 'Draw', exact: true }).click();
        await borrower.tab.locator('td', { hasText: '3,000' }).first().waitFor();
        const line = await send(borrower.tab, 'GET', `/revolving-lines/${made.id}`);
        check(line.rate_now === 3.5 && await balance(line.owed_account) === '-3000.00' && Number(await balance(borrower.account)) === before + 3000, 'line and ledger differ');
    });
    const filled = []; // pages of the records below, looked at on a phone once they are full
    await step('finance: a lease is taken on the page and its first rent paid; the supplier has the price, the schedule what was paid', async () => {
        const lessor = lenders[2], made = await send(lessor.tab, 'POST', '/finance-leases', { title: { en: 'Lease of the walk' }, lessee: borrower.id, supplier: lenders[1].id, cost: cny('6000.00'), residual: cny('600.00'), option_price: cny('600.00'), rate: 4, months: 12, frequency: 12 });
        const before = Number(await balance(lenders[1].account)), place = `/finance/leases/${made.id}`;
        await go(borrower.tab, '/finance/lines'); await borrower.tab.locator('.section-tabs a', { hasText: 'Leases' }).click(); await borrower.tab.waitForURL('**/finance/leases'); await settled(borrower.tab);
        await borrower.tab.locator('tbody a', { hasText: 'Lease of the walk' }).first().click(); await borrower.tab.waitForURL(`**${place}`); await settled(borrower.tab);
        await agree(borrower.tab, 'Take the lease'); await borrower.tab.getByRole('button', { name: 'Pay rents', exact: true }).first().waitFor();
        const { rents } = await send(borrower.tab, 'GET', place.replace('/finance/leases', '/finance-leases')), rent = (rents[0].rent / 100).toFixed(2);
        await press(borrower.tab, 'Pay rents'); await borrower.tab.fill('#field-amount', rent); await borrower.tab.locator('form').getByRole('button', { name: 'Pay rents', exact: true }).click();
        await borrower.tab.locator('td', { hasText: /^rent$/ }).waitFor();
        const lease = await send(borrower.tab, 'GET', place.replace('/finance/leases', '/finance-leases'));
        check(lease.rents[0].paid === rents[0].rent && Number(await balance(lenders[1].account)) === before + 6000, 'schedule and ledger differ');
        check((await borrower.tab.locator('.due tbody tr').first().innerText()).replace(/[^0-9.]/g, '').endsWith(rent.replace(/\.00$/, '')), 'the schedule does not show what was paid');
        filled.push([borrower.tab, place]);
    });
    await step('finance: a guarantee is taken, called and paid, and what comes back is shared; guarantee, call and ledger say the same', async () => {
        const guarantor = lenders[2], lender = lenders[1], day = new Date().toISOString().slice(0, 10), made = await send(guarantor.tab, 'POST', '/guarantees', { title: { en: 'Guarantee of the walk' }, loan, beneficiary: lender.id, payer: borrower.id, limit: cny('2000.00'), share: 50, fee_rate: 1, call_after_days: 0, begins_on: day, ends_on: '2090-01-01' }), place = `/finance/guarantees/${made.id}`;
        await go(borrower.tab, place); await agree(borrower.tab, 'Take and pay the fee'); await borrower.tab.locator('td', { hasText: /^fee$/ }).waitFor();
        await go(lender.tab, place); await press(lender.tab, 'Call the guarantee'); await lender.tab.fill('#field-loss', '1000.00'); await lender.tab.fill('#field-reason', 'A payment of the walk is missing');
        await lender.tab.locator('form').getByRole('button', { name: 'Call the guarantee', exact: true }).click(); await lender.tab.locator('tbody tr', { hasText: '1,000 CNY' }).first().waitFor();
        const [called] = (await send(lender.tab, 'GET', `/guarantee-calls?guarantee=${made.id}`)).items, at = `/finance/guarantee-calls/${called.id}`, before = Number(await balance(lender.account));
        await go(guarantor.tab, at); await agree(guarantor.tab, 'Pay the call'); await guarantor.tab.locator('.page-head .tag', { hasText: 'paid' }).first().waitFor();
        check(Number(await balance(lender.account)) === before + 500, 'the guarantor did not pay its half');
        await go(lender.tab, at); await press(lender.tab, 'Share what came in'); await lender.tab.fill('#field-amount', '200.00'); await lender.tab.locator('form').getByRole('button', { name: 'Share what came in', exact: true }).click();
        await lender.tab.locator('dd', { hasText: '100 CNY' }).first().waitFor();
        const guarantee = await send(lender.tab, 'GET', `/guarantees/${made.id}`);
        check(guarantee.called.amount === '500.00' && guarantee.recovered.amount === '100.00' && Number(await balance(lender.account)) === before + 400, 'guarantee and ledger differ');
        filled.push([lender.tab, place], [lender.tab, at]);
    });
    await step('finance: a fund is promised money, calls it and gives back; its page, its rows and the ledger say the same', async () => {
        const manager = lenders[0], investor = lenders[2], day = new Date().toISOString().slice(0, 10), made = await send(manager.tab, 'POST', '/green-funds', { title: { en: 'Fund of projects of the walk' }, kind: 'venture', target: cny('20000.00'), hurdle: 8, carry_share: 20, catch_up: 100, begins_on: day, ends_on: '2090-01-01', terms: 'Agreement of the walk' }), place = `/finance/funds/${made.id}`;
        const form = async (tab, name, fields) => { await press(tab, name); for (const [field, text] of Object.entries(fields)) await tab.fill(`#field-${field}`, text); await tab.locator('form').getByRole('button', { name, exact: true }).click(); await tab.locator('form').waitFor({ state: 'hidden' }); };
        await go(investor.tab, place); await form(investor.tab, 'Promise money', { amount: '10000.00' });
        await go(manager.tab, place); await form(manager.tab, 'Call capital', { amount: '4000.00', due_on: day, purpose: 'First round of the walk' });
        await go(investor.tab, place); await press(investor.tab, 'Pay in'); await investor.tab.locator('.funnel li', { hasText: '4,000 CNY' }).first().waitFor();
        await go(manager.tab, place); await form(manager.tab, 'Distribute', { amount: '1000.00' }); await manager.tab.locator('td', { hasText: /^distribution$/ }).first().waitFor();
        let one = await send(manager.tab, 'GET', `/green-funds/${made.id}`);
        check(one.paid_in.amount === '4000.00' && await balance(one.account) === '3000.00', 'fund and ledger differ');
        await form(manager.tab, 'Give back unused capital', { amount: '500.00' }); await manager.tab.locator('td', { hasText: /^unused capital$/ }).first().waitFor();
        one = await send(manager.tab, 'GET', `/green-funds/${made.id}`);
        check(one.paid_in.amount === '3500.00' && await balance(one.account) === '2500.00', 'unused capital: fund and ledger differ');
        filled.push([manager.tab, place]);
    });
    await step('finance: an offer above LPR with a schedule of its own: a fault stands at its row, then the loan is due on those days and names its rate', async () => {
        const lender = lenders[2], day = days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10), asked = (await send(borrower.tab, 'POST', '/financing-requests', { title: { en: 'Dryers of the walk' }, amount: cny('9000.00'), months: 12 })).id;
        await go(lender.tab, `/finance/requests/${asked}/offer`); await lender.tab.fill('#field-rate', '0.4');
        check(await lender.tab.locator('#field-custom_schedule').count() === 0, 'a schedule is asked of level payments');
        await lender.tab.locator('#field-repayment').locator('xpath=ancestor::*[contains(@class,"el-select__wrapper")]').click(); await lender.tab.locator('.el-select-dropdown__item:visible', { hasText: 'custom' }).first().click();
        await lender.tab.locator('#field-custom_schedule .add').click(); await lender.tab.locator('#field-custom_schedule .row-editor').waitFor();
        check(await lender.tab.locator('#field-frequency').count() === 0, 'payments a year are asked of a schedule of its own');
        if (process.env.PICTURES) await lender.tab.screenshot({ path: `${process.env.PICTURES}/offer.png`, fullPage: true });
        expect_status(422, '/financing-offers'); await press(lender.tab, 'Make an offer'); await lender.tab.locator('#form-problems a', { hasText: 'Schedule of its own' }).first().waitFor();
        const pay = (due, amount) => ({ due, amount: cny(amount) }), body = schedule => ({ request: asked, amount: cny('9000.00'), benchmark: 'lpr_1y', rate: 0.4, repayment: 'custom', custom_schedule: schedule });
        const offer = await send(lender.tab, 'POST', '/financing-offers', body([pay(day(60), '4000.00'), pay(day(200), '5000.00')]));
        await go(borrower.tab, `/finance/offers/${offer.id}`); check(/Third lender of the walk: offer of 9,000 CNY/.test(await borrower.tab.locator('h1').innerText()), 'the offer has no title');
        const made = await send(borrower.tab, 'POST', `/financing-offers/${offer.id}/accept`, {});
        await send(lender.tab, 'POST', `/loans/${made.id}/draw`, { amount: cny('9000.00') });
        await go(borrower.tab, `/finance/loans/${made.id}`); const rows = await borrower.tab.locator('.due tbody tr').allInnerTexts();
        check(rows.length === 2 && /4,000/.test(rows[0]) && /3\s?% of /.test(rows[0]), `due days: ${rows.join(' | ')}`);
        check(await borrower.tab.locator('.children a.here').innerText() === 'Loans', 'the menu does not show where one is');
        filled.push([borrower.tab, `/finance/loans/${made.id}`]);
    });
    await step('finance: a notice is taken in from a file; what is no notice is refused at its field', async () => {
        await go(desk, '/finance/notices/take'); await desk.setInputFiles('#notice-file', { name: 'warning.notice.txt', mimeType: 'text/plain', buffer: Buffer.from('not a signed notice\n') });
        await desk.waitForFunction(() => document.querySelector('#field-note')?.value.includes('not a signed notice')); expect_status(422, '/received-notices'); await press(desk, 'Verify and take in'); await desk.locator('#form-problems').waitFor();
        await desk.fill('#field-note', '');
    });
    await step('finance: a notice stands in the outbox: signed, sent, refused, sent again, acknowledged; each step with who said so and how', async () => {
        const { key } = await send(desk, 'GET', '/log'), abroad = (await send(page, 'POST', '/organisations', { name: { en: 'Bank abroad of the walk' }, kind: 'enterprise', country: 'KZ' })).id;
        const partner = (await send(desk, 'POST', '/notice-partners', { organisation: abroad, key, source: 'the walk' })).id;
        await send(borrower.tab, 'POST', '/credit-consents', { reader: abroad, purpose: 'cooperation', until_day: '2090-01-01' });
        const made = await send(desk, 'POST', '/sent-notices', { kind: 'credit', subject: borrower.id, partner }), place = `/finance/notices/sent/${made.id}`;
        await go(desk, '/finance/notices'); await desk.locator('tbody tr', { hasText: 'Bank abroad of the walk' }).locator('a').first().click(); await desk.waitForURL(`**${place}`); await settled(desk);
        const say = async (name, text) => { await press(desk, name); const box = desk.locator('.el-message-box:visible'); await box.locator('textarea').fill(text); await box.locator('.el-button--primary').click(); await box.waitFor({ state: 'hidden' }); await desk.locator('td', { hasText: text }).first().waitFor(); };
        await say('Record as sent', 'By encrypted mail'); await say('Record refusal', 'An old key'); await say('Send again', 'By hand'); await say('Record acknowledgement', 'Their officer');
        const one = await send(desk, 'GET', `/sent-notices/${made.id}`);
        check(one.state === 'acknowledged' && one.steps.map(step => step.state).join() === 'drafted,sent,refused,sent,acknowledged' && one.state_by_name === 'Dee Desk', 'the steps are others');
        check(/credit · Borrower of the walk · Bank abroad of the walk/i.test(await desk.locator('h1').innerText()), 'the notice has no title');
        filled.push([desk, place], [desk, '/finance/notices']);
    });
    await step('finance: new terms with a schedule of their own: a fault stands at its row, then the loan is due on those days', async () => {
        const lender = lenders[1], day = days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10), asked = (await send(borrower.tab, 'POST', '/financing-requests', { title: { en: 'Pumps of the walk' }, amount: cny('6000.00'), months: 12 })).id;
        const offer = await send(lender.tab, 'POST', '/financing-offers', { request: asked, amount: cny('6000.00'), benchmark: 'lpr_1y', rate: 0.4, repayment: 'level', months: 12, frequency: 12 }), made = await send(borrower.tab, 'POST', `/financing-offers/${offer.id}/accept`, {}), place = `/finance/loans/${made.id}`;
        await send(lender.tab, 'POST', `/loans/${made.id}/draw`, { amount: cny('6000.00') });
        await go(lender.tab, place); // level: interest to come is expected, and payments are equal to the cent and its rounding
        const paid = (await lender.tab.locator('.due tbody tr').allInnerTexts()).map(row => Number(row.split('\t')[4].replace(/[^0-9.]/g, '')));
        check(paid.length === 12 && paid.slice(0, -1).every(one => Math.abs(one - paid[0]) < 0.03), `payments: ${paid.join()}`);
        await press(lender.tab, 'Agree new terms'); await lender.tab.locator('#field-repayment').waitFor(); check(await lender.tab.locator('#field-custom_schedule').count() === 0, 'a schedule is asked of level payments');
        await lender.tab.locator('#field-repayment').locator('xpath=ancestor::*[contains(@class,"el-select__wrapper")]').click(); await lender.tab.locator('.el-select-dropdown__item:visible', { hasText: 'custom' }).first().click();
        await lender.tab.locator('#field-custom_schedule .add').click(); await lender.tab.locator('#field-custom_schedule .row-editor').waitFor(); await lender.tab.fill('#field-reason', 'A bad summer of the walk');
        expect_status(422, `/loans/${made.id}/restructure`); await lender.tab.locator('form').getByRole('button', { name: 'Agree new terms', exact: true }).click(); await lender.tab.locator('#form-problems a', { hasText: 'Schedule of its own' }).first().waitFor();
        const pay = (due, amount) => ({ due, amount: cny(amount) });
        await send(lender.tab, 'POST', `/loans/${made.id}/restructure`, { rate: 3, repayment: 'custom', custom_schedule: [pay(day(90), '1000.00'), pay(day(300), '5000.00')], reason: 'A bad summer of the walk' });
        await go(lender.tab, place); const rows = (await lender.tab.locator('.due tbody tr').allInnerTexts()).filter(row => /1,000|5,000/.test(row));
        check(rows.length === 2, `due days: ${rows.join(' | ')}`);
        filled.push([lender.tab, place]);
    });
    await step('finance: full pages are no wider than a telephone', async () => {
        for (const [tab, place] of filled) { await tab.setViewportSize({ width: 360, height: 740 }); await go(tab, place); const by = await sideways(tab); await tab.setViewportSize({ width: 1366, height: 900 }); check(by < 2, `${place} is wider by ${by} px`); }
        return `${filled.length} pages`;
    });
    await step('finance: a region shows promised, contracted and drawn; living nature shows its gap', async () => {
        await go(desk, '/finance/regional?country=CN'); await desk.locator('.matrix tbody tr').first().waitFor();
        const view = await send(desk, 'GET', '/regional-finance?country=CN');
        check((await desk.locator('.funnel').innerText()).replace(/[^0-9]/g, '').includes(view.drawn.amount.split('.')[0]), 'page and record differ');
        await go(desk, '/finance/biodiversity'); await desk.locator('.gaps tfoot').waitFor();
        const report = await send(desk, 'GET', '/biodiversity-report');
        check((await desk.locator('.gaps tfoot').innerText()).replace(/[^0-9\s]/g, '').includes(report.total.gap.amount.split('.')[0]), 'page and report differ');
    });
    await step('finance: the stress of the sample bank: what the parties bear adds up on the page', async () => {
        await go(desk, '/finance/stress/stress_sample_typhoon');
        const cells = await desk.locator('.losses tbody td.number').allInnerTexts(), numbers = cells.map(one => Math.round(Number(one.replace(/[^0-9.\-\u2212]/g, '').replace('\u2212', '-')) * 100));
        check(numbers.length > 3 && numbers.slice(0, -1).reduce((sum, one) => sum + one, 0) === numbers.at(-1), `losses do not add up: ${cells.join(' | ')}`);
    });
}
