// Pages of finance for the checks of every page, and one loan: request, three offers, contract, draw-down, missed payment, warning, claim on the fund,
// split. The same figures stand on the page, in the record and in the ledger. (The loan runs from a value date in the past, which the desk has seen on paper.)
import { people } from '../people.mjs';

export const open = [];
export const inside = ['/finance', '/finance/requests/new', '/finance/requests/financing_sample_island', '/finance/offers/offer_sample_island_green_bank', '/finance/loans', '/finance/watch', '/finance/loans/loan_sample_island', '/finance/pools', '/finance/pools/pool_sample_island', '/finance/pools/new', '/finance/claims', '/finance/late', '/finance/covers', '/finance/covers/new', '/finance/covers/cover_sample_wind', '/finance/insurance-claims', '/finance/stress', '/finance/stress/new', '/finance/stress/stress_sample_typhoon', '/finance/green', '/finance/green/new', '/finance/green/green_sample_island', '/finance/bonds', '/finance/bonds/new', '/finance/lines', '/finance/lines/new', '/finance/leases', '/finance/leases/new', '/finance/guarantees', '/finance/guarantees/new', '/finance/funds', '/finance/funds/new', '/finance/fixings', '/finance/fixings/new', '/finance/hazards', '/finance/hazards/new', '/finance/notices', '/finance/notices/new', '/finance/notices/take', '/finance/notices/partners/new', '/finance/biodiversity', '/finance/biodiversity/new', '/finance/biodiversity/products/new', '/finance/regional', '/finance/credit', '/finance/credit/read', '/finance/credit/consents/new', '/finance/credit/entries/new'];

export default async function (walk) {
    const { step, check, settled, page } = walk, { send, press, agree, go, join } = people(walk);
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
