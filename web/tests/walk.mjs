// A short walk through a real bank in a browser: setup, search, a need from draft to matches, compare, people, token, audit, jobs, sign-out.
// usage: node tests/walk.mjs http://127.0.0.1:8080 'one-time setup link or token, or none when it was walked before' [folder for pictures]
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
const [base, link, folder = '/tmp/walk'] = process.argv.slice(2), token = new URL(link, base).searchParams.get('token') ?? link;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 900 } })).newPage();
let complaints = 0, step = 0;
page.on('console', message => { if (message.type() === 'error') { complaints++; console.log('  console:', message.text().slice(0, 300)); } });
page.on('pageerror', error => { complaints++; console.log('  error:', String(error).slice(0, 300)); });
page.on('response', async response => { if (response.status() >= 400) { complaints++; console.log('  ', response.status(), response.request().method(), response.url(), (await response.text().catch(() => '')).slice(0, 400)); } });
async function chapter(name, work) {
    console.log(name);
    try { await work(); } catch (error) { complaints++; console.log('  FAILED', String(error).slice(0, 400)); }
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${folder}/${String(++step).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png` });
}
const choose = async (id, option) => {
    const box = page.locator(`#field-${id}`);
    await box.locator('xpath=ancestor::*[contains(@class,"el-select__wrapper")]').click();
    if (await box.getAttribute('readonly') === null) await page.keyboard.type(option);
    await page.locator('.el-select-dropdown__item:visible', { hasText: option }).first().click();
};
await chapter('setup', async () => {
    if (token === 'none') { await page.goto(base + '/sign-in'); await page.fill('input[name=email]', 'admin@example.org'); await page.fill('input[name=password]', 'three calm green herons'); await page.keyboard.press('Enter'); await page.waitForURL(base + '/'); return; }
    await page.goto(`${base}/setup?token=${token}`);
    await page.fill('input[name=email]', 'admin@example.org'); await page.fill('input[name=name]', 'Ada Administrator');
    await page.fill('input[name=password]', 'three calm green herons'); await page.fill('input[name=again]', 'three calm green herons');
    await page.click('button[type=submit]'); await page.waitForURL('**/bank', { timeout: 8000 });
});
await chapter('rebuild search', async () => { await page.goto(base + '/bank'); await page.getByRole('button', { name: 'Rebuild the index' }).click(); await page.waitForSelector('.job .tag.good', { timeout: 15000 }); });
await chapter('search', async () => { await page.goto(base + '/library?text=wind'); await page.waitForSelector('.hit mark', { timeout: 8000 }); });
await chapter('palette', async () => { await page.keyboard.press('Control+k'); await page.keyboard.type('heat pump'); await page.waitForSelector('#found li:nth-child(3)'); await page.keyboard.press('Enter'); await page.waitForTimeout(800); });
await chapter('new need', async () => {
    await page.goto(base + '/needs/new'); await page.waitForSelector('.record-form .fields');
    await page.click('.save-bar .el-button--primary'); await page.waitForSelector('#form-problems');
});
await chapter('fill need', async () => {
    await page.fill('#field-title', 'A quiet, small wind turbine for a harbour'); await page.fill('#field-summary', 'Wind power for a harbour office.');
    await choose('field', 'Energy'); await choose('country', 'Denmark');
    await page.getByRole('button', { name: 'Add a row' }).first().click(); await choose('requirements-0-indicator', 'service life');
    await page.fill('#field-requirements-0-value', '15'); await page.waitForTimeout(1600);
});
await chapter('save need', async () => { await page.click('.save-bar .el-button--primary'); await page.waitForURL(/needs\/need_(?!sample)[a-z0-9]+$/, { timeout: 8000 }); });
await chapter('edit need', async () => { const at = page.url(); await page.goto(at + '/edit'); await page.waitForSelector('#field-summary'); await page.fill('#field-summary', 'Wind power for the harbour office and its cranes.'); await page.click('.save-bar .el-button--primary'); await page.waitForURL(at, { timeout: 8000 }); });
await chapter('publish', async () => { await page.getByRole('button', { name: 'Publish' }).click(); await page.waitForSelector('.page-head .tag.good'); });
await chapter('matches', async () => { await page.getByRole('button', { name: 'See matches' }).click(); await page.waitForSelector('.match-card'); });
await chapter('excluded', async () => { await page.locator('.rule-chips .chip').first().click(); await page.waitForTimeout(800); await page.locator('.rule-chips').scrollIntoViewIfNeeded(); });
await chapter('compare', async () => { await page.locator('.match-card .nowrap-button').nth(0).click(); await page.locator('.match-card .nowrap-button').nth(1).click(); await page.getByRole('button', { name: 'Compare now' }).click(); await page.waitForSelector('.compare tbody tr'); });
await chapter('island matches', async () => { await page.goto(base + '/needs/need_sample_island_power/matches'); await page.waitForSelector('.match-card'); });
await chapter('people', async () => { await page.goto(base + '/people'); await page.waitForSelector('.data-table tbody tr'); await page.fill('input[name=email]', 'guest@example.org'); await page.getByRole('button', { name: 'Make the invitation' }).click(); await page.waitForSelector('.copy-box'); });
await chapter('token', async () => { await page.goto(base + '/account'); await page.fill('input[name=token-name]', 'walk'); await page.getByRole('button', { name: 'Make a token' }).click(); await page.waitForSelector('.copy-box'); });
await chapter('audit', async () => { await page.goto(base + '/audit'); await page.waitForSelector('.data-table tbody tr'); await page.getByRole('button', { name: 'Show', exact: true }).first().click(); });
await chapter('jobs', async () => { await page.goto(base + '/jobs'); await page.waitForSelector('.job'); });
await chapter('api', async () => { await page.goto(base + '/developers?operation=home_get'); await page.getByRole('button', { name: 'Send' }).click(); await page.waitForSelector('.answer'); });
await chapter('home', async () => { await page.goto(base + '/'); await page.waitForSelector('.tiles'); });
await chapter('sign out', async () => { await page.click('.top .person'); await page.locator('[role=menuitem]', { hasText: 'Sign out' }).click(); await page.waitForSelector('text=Sign in'); });
await chapter('sign in', async () => { await page.goto(base + '/sign-in?back=/account'); await page.fill('input[name=email]', 'admin@example.org'); await page.fill('input[name=password]', 'three calm green herons'); await page.keyboard.press('Enter'); await page.waitForURL('**/account'); });
await browser.close();
console.log(complaints ? `${complaints} complaints (one 422 is meant: the empty need)` : 'no complaints');
