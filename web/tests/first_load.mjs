// First load of pages as a visitor meets it: requests and bytes on the wire, from an empty cache.
// usage: node tests/first_load.mjs http://127.0.0.1:8099 / /library …      (playwright-core, Debian's chromium)
import { chromium } from 'playwright-core';
const [base = 'http://127.0.0.1:8099', ...paths] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
for (const path of paths.length ? paths : ['/']) for (const locale of ['zh-CN', 'en', 'ru']) {
    const page = await (await browser.newContext({ locale, viewport: { width: 1366, height: 900 } })).newPage(), session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const urls = new Map(); let bytes = 0; const rows = [];
    session.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { bytes += encodedDataLength; rows.push([encodedDataLength, urls.get(requestId)]); });
    await page.goto(base + path, { waitUntil: 'networkidle' });
    if (await page.locator('.chart').count()) await page.locator('.chart canvas').first().waitFor(); // charts are part of it, however slow the machine
    await page.waitForTimeout(700);
    const paint = await page.evaluate(() => new Promise(done => { let largest = 0, shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) largest = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true }); new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done({ largest, shift }), 200); }));
    console.log(`${path} ${locale}: ${rows.length} requests, ${(bytes / 1024).toFixed(1)} KiB, largest paint ${(paint.largest / 1000).toFixed(2)} s, layout shift ${paint.shift.toFixed(3)}`);
    if (process.env.VERBOSE) for (const [size, url] of rows.sort((a, b) => b[0] - a[0])) console.log('   ', (size / 1024).toFixed(1).padStart(7), url.replace(base, ''));
    await page.context().close();
}
await browser.close();
