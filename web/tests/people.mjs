// People of a walk, each in a tab of their own: invited, signed in, pressing buttons and asking the API as the page would.
export function people({ watch, settled, page, browser, base }) {
    const send = (tab, method, path, body) => tab.evaluate(async ([method, path, body]) => {
        const answer = await fetch('/api/v1' + path, { method, headers: { 'Content-Type': 'application/json', 'X-Greenbank-Request': '1' }, body: body && JSON.stringify(body) });
        return answer.status === 204 ? {} : answer.json().then(json => { if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(json).slice(0, 400)}`); return json; });
    }, [method, path, body]);
    const press = (tab, name) => tab.getByRole('button', { name, exact: true }).first().click();
    /** Presses, and agrees where the page asks whether one is sure. */
    const agree = async (tab, name) => { await press(tab, name); await tab.locator('.el-message-box:visible .el-button--primary').click(); await tab.locator('.el-message-box:visible').waitFor({ state: 'hidden' }); };
    const go = async (tab, path) => { await tab.goto(base + path); await settled(tab); };
    async function join(email, name, role, organisation) {
        const invited = await send(page, 'POST', '/invitations', { email, role, ...(organisation ? { organisation } : {}) });
        const tab = watch(await (await browser.newContext({ locale: 'en', viewport: { width: 1366, height: 900 } })).newPage());
        await tab.goto(new URL(invited.link, base).href); await tab.fill('input[name=name]', name); await tab.fill('input[name=password]', 'eleven brave winter foxes');
        if (await tab.locator('input[name=again]').count()) await tab.fill('input[name=again]', 'eleven brave winter foxes');
        await tab.click('button[type=submit]'); await tab.waitForURL(url => !url.pathname.startsWith('/invitation')); await settled(tab);
        return tab;
    }
    return { send, press, agree, go, join };
}
