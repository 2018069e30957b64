// WCAG 2.2 AA by axe-core on every page, in both themes and two widths. Prints serious and critical findings; exit 1 if any.
// usage: node tests/axe.mjs http://127.0.0.1:8099 [email:password] [path …]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
const [base = 'http://127.0.0.1:8099', login = '', ...chosen] = process.argv.slice(2);
const open = ['/', '/library', '/library?kind=organisation', '/library?text=a', '/library/technologies/tech_sample_scr_coal_boiler', '/library/compare?ids=tech_sample_scr_coal_boiler,tech_sample_sncr_scr_cement', '/needs/need_sample_island_power', '/needs/need_sample_island_power/matches', '/match', '/organisations/org_sample_island_power', '/log', '/sign-in', '/developers', '/nothing'];
const inside = ['/', '/needs/new', '/needs/need_sample_island_power/edit', '/library/technologies/tech_sample_scr_coal_boiler/edit', '/capital/new', '/account', '/people', '/audit', '/jobs', '/bank'];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
let found = 0;
for (const colorScheme of ['light', 'dark']) for (const width of [1366, 360]) for (const signed_in of login ? [false, true] : [false]) {
    const page = await (await browser.newContext({ locale: 'ru', colorScheme, viewport: { width, height: 900 }, bypassCSP: true })).newPage();
    if (signed_in) { const [email, password] = login.split(/:(.*)/s); await page.goto(base + '/sign-in'); await page.fill('input[name=email]', email); await page.fill('input[name=password]', password); await page.keyboard.press('Enter'); await page.waitForTimeout(1200); }
    for (const path of chosen.length ? chosen : signed_in ? inside : open) {
        await page.goto(base + path, { waitUntil: 'load' }); await page.waitForTimeout(1000);
        await page.evaluate(source);
        const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }));
        for (const one of violations.filter(v => ['serious', 'critical'].includes(v.impact) || process.env.ALL)) { found++; console.log(`${path} ${colorScheme} ${width}${signed_in ? ' signed in' : ''}: ${one.impact} ${one.id} (${one.nodes.length}): ${one.nodes.slice(0, 2).map(node => node.target.join(' ') + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? '').slice(0, 150)).join(' | ')}`); }
    }
    await page.context().close();
}
await browser.close();
console.log(found ? `${found} findings` : 'no serious finding');
process.exit(found ? 1 : 0);
