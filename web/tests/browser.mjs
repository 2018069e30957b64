// What the tests of the page share: the real server on an empty bank, Debian's chromium, a watch on everything a page must not do, axe.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = fileURLToPath(new URL('.', import.meta.url));
export const patience = 30_000;
const program = () => resolve(process.env.GREENBANK_PROGRAM ?? join(here, '../../build/release/greenbank'));

/** The program beside the page: resolves with its code when it ends; `stop` ends it. */
export function start_program(...words) {
    const child = spawn(program(), words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { output += chunk; });
    const ended = new Promise(done => { child.on('exit', done); child.on('error', error => { output += error; done(-1); }); });
    return { ended, output: () => output, stop: () => { child.kill('SIGTERM'); return ended; } };
}

/** Starts `serve --sample` on a free port; resolves when the address and the one-time link are printed. */
export function start_server() {
    const data = mkdtempSync(join(tmpdir(), 'greenbank-page-'));
    const child = spawn(program(), ['serve', '--data', data, '--port', '0', '--sample'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GREENBANK_FETCH_PRIVATE: 'true' } });
    let output = '', ended = false;
    child.on('exit', () => { ended = true; });
    const stop = async () => {
        if (!ended) {
            child.kill('SIGTERM');
            for (let i = 0; i < 50 && !ended; i++) await new Promise(done => setTimeout(done, 100));
            if (!ended) child.kill('SIGKILL');
        }
        rmSync(data, { recursive: true, force: true });
    };
    const ready = new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Error(`no address after 60 s; the server said:\n${output}`)), 60_000);
        const read = chunk => {
            output += chunk;
            const base = output.match(/(http:\/\/[\w.\-[\]]+:\d+)(?=\s|\/)/)?.[1], link = output.match(/http:\/\/\S+\/setup\?token=\S+/)?.[0];
            if (base && link) { clearTimeout(late); done({ base, link }); }
        };
        child.stdout.on('data', read);
        child.stderr.on('data', read);
        child.on('error', fail);
        child.on('exit', code => fail(new Error(`the server ended with ${code}:\n${output}`)));
    });
    ready.catch(() => {});
    return { ready, stop, kill: () => { if (!ended) child.kill('SIGKILL'); rmSync(data, { recursive: true, force: true }); }, output: () => output };
}

export const start_browser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });

/** Notes console errors, other hosts, and answers of 400 and more that the step did not announce with `expect_status`. */
export function watcher(base) {
    const complaints = [], expected = [];
    const watch = page => {
        page.setDefaultTimeout(patience);
        page.setDefaultNavigationTimeout(patience);
        page.on('console', message => { if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(`console: ${message.text().slice(0, 300)}`); });
        page.on('pageerror', error => complaints.push(`error: ${String(error).slice(0, 300)}`));
        page.on('request', request => { if (!request.url().startsWith(base + '/') && !/^(data|blob|about):/.test(request.url())) complaints.push(`request to another host: ${request.url().slice(0, 120)}`); });
        page.on('requestfailed', request => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} ${request.failure()?.errorText}`); });
        page.on('response', response => {
            if (response.status() < 400) return;
            const path = new URL(response.url()).pathname, at = expected.findIndex(([status, end]) => status === response.status() && path.endsWith(end));
            if (at < 0) complaints.push(`${response.status()} ${response.request().method()} ${path}`); else expected.splice(at, 1);
        });
        return page;
    };
    return { watch, expect_status: (status, path) => expected.push([status, path]), take: () => [...complaints.splice(0), ...expected.splice(0).map(([status, path]) => `the meant ${status} of ${path} did not come`)] };
}

/** A code of RFC 6238 (SHA-1, 6 digits, 30 s) for a secret in base 32. */
export function totp(secret, step) {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits = [...secret.replace(/[\s=]/g, '')].map(one => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2))), counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac('sha1', key).update(counter).digest(), at = hash[19] & 15;
    return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
export const totp_step = () => Math.floor(Date.now() / 30_000);

const axe_source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Serious and critical findings of the page as it stands (what a bar that stays hides can be scrolled free), by all rules of WCAG 2.2 AA or by those named; run in a context with bypassCSP. */
export async function axe(page, rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']) {
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))); // a change of colour ends with a frame only
    await page.evaluate(axe_source);
    const found = await page.evaluate(rules => window.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(result => result.violations.filter(one => ['serious', 'critical'].includes(one.impact)).map(one => ({ ...one, nodes: one.nodes.filter(node => !node.any.some(check => /obscured/.test(check.message))) })).filter(one => one.nodes.length).map(one => `${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map(node => `${node.target.join(' ')} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`.slice(0, 200)).join(' | ')}`)), rules);
    return found;
}
/** The page has come: no skeleton, nothing busy, fonts and pending requests done. */
export async function settled(page) {
    await page.waitForLoadState('load');
    await page.waitForFunction(() => document.querySelector('#main h1, #main .page-head, #main .empty') && !document.querySelector('#main .bones, #main [aria-busy=true], .busy.on'));
}
/** Another page of the same application, as its router goes there: nothing is loaded anew. */
export const follow = (page, path) => page.evaluate(async path => { await document.querySelector('#app').__vue_app__.config.globalProperties.$router.push(path); await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); }, path);
export const sideways = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
