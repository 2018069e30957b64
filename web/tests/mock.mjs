// A stand-in for the server while pages are drawn: web/dist and the API from the sample data, in memory. Not a test of anything.
// usage: node tests/mock.mjs [port]     GREENBANK_EMPTY=1 starts without the sample bank
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { parse_csv_file, match, highlight } from './mock_engine.mjs';

const web = fileURLToPath(new URL('..', import.meta.url)), data = join(web, '../data');
const port = Number(process.argv[2] ?? 8099);
const read = folder => !existsSync(join(data, 'sample', folder)) ? [] : readdirSync(join(data, 'sample', folder)).filter(name => name.endsWith('.json')).flatMap(name => {
    try { return JSON.parse(readFileSync(join(data, 'sample', folder, name), 'utf8')); } catch { console.log('skipped', name); return []; }
});
const bank = { technologies: [], needs: [], 'capital-offers': [], organisations: [] };
function load_sample() {
    Object.assign(bank, { technologies: read('technologies'), needs: read('needs'), 'capital-offers': read('capital'), organisations: read('organisations') });
    for (const [name, list] of Object.entries(bank)) list.forEach((record, i) => Object.assign(record, { version: 1, state: record.state ?? (name === 'organisations' ? undefined : 'published'), created_at: '2026-11-01T08:00:00Z', updated_at: new Date(Date.UTC(2026, 10, 1 + i % 19, 8)).toISOString() }));
}
if (!process.env.GREENBANK_EMPTY) load_sample();
const references = Object.fromEntries([['countries', 'countries'], ['indicators', 'indicators'], ['traits', 'traits'], ['units', 'units'], ['classes', 'gbepc2021']].map(([name, file]) =>
    [name, { edition: '2026-11', source: name === 'classes' ? 'Green Bond Endorsed Projects Catalogue, 2021' : 'Greenbank', items: parse_csv_file(join(data, 'reference', file + '.csv')).map(row => ({ code: row.code ?? row.unit, parent: row.parent || undefined, unit: row.code ? row.unit : undefined, better: row.better, status: row.status, name: { zh: row.zh, en: row.en, ru: row.ru } })) }]));
const sessions = new Map();
const rights = ['library.write', 'library.publish', 'bank.library', 'people.manage', 'bank.organisations', 'bank.administrators', 'audit.read', 'bank.sample'];
const jobs = [
    { id: 'job_3', kind: 'search_rebuild', state: 'running', done: 61, total: 156, message: '', created_at: new Date(Date.now() - 9e3).toISOString(), started_at: new Date(Date.now() - 8e3).toISOString() },
    { id: 'job_2', kind: 'sample_load', state: 'done', done: 215, total: 215, created_at: '2026-11-20T09:00:00Z', started_at: '2026-11-20T09:00:00Z', finished_at: '2026-11-20T09:00:04Z', result: '{"loaded":215}' },
    { id: 'job_1', kind: 'sample_load', state: 'failed', done: 12, total: 215, error: 'data/sample/needs/parks.json, record 3: unknown indicator.', created_at: '2026-11-19T09:00:00Z', started_at: '2026-11-19T09:00:00Z', finished_at: '2026-11-19T09:00:01Z' },
];
const audit = Array.from({ length: 37 }, (_, i) => ({ id: 'audit_' + i, at: new Date(Date.now() - i * 3.7e6).toISOString(), person: 'person_1', person_name: ['林晓', 'Aigerim S.', 'M. Weber'][i % 3], organisation: 'org_sample_centre', address: '10.0.0.' + (i + 3), operation: ['need_update', 'technology_publish', 'session_create', 'token_create'][i % 4], record: i % 4 < 2 ? 'need' : 'session', record_id: 'need_sample_island_power', outcome: i % 9 === 4 ? 'access.forbidden' : 'ok', changes: i % 4 === 0 ? [{ record: 'need', id: 'need_sample_island_power', before: { deadline: '2027-06-30', evidence_min: 1 }, after: { deadline: '2027-09-30', evidence_min: 2 } }] : [] }));
const kinds = { technology: 'technologies', need: 'needs', capital_offer: 'capital-offers', organisation: 'organisations' };
const org = id => bank.organisations.find(one => one.id === id);
const problem = (status, code, detail, problems = []) => ({ status, body: { type: 'about:blank', title: 'Problem', status, code, detail, problems } });
const session_of = who => who ? { signed_in: true, person: { id: 'person_1', name: '林晓', email: who.email, second_factor: false, ...who.person }, organisation: { id: 'org_sample_centre', name: org('org_sample_centre')?.name ?? { en: 'Centre' } },
    memberships: ['org_sample_centre', 'org_sample_island_power'].map((id, i) => ({ organisation: id, organisation_name: org(id)?.name ?? { en: id }, role: i ? 'editor' : 'administrator' })), rights, setup_needed: false, sample_loaded: bank.needs.length > 0, version: '0.1.0' }
    : { signed_in: false, rights: [], setup_needed: !bank.needs.length, sample_loaded: bank.needs.length > 0, version: '0.1.0' };
const text_of = (record, lang) => ['title', 'name', 'summary', 'about', 'description'].map(f => record[f]?.[lang] ?? '').join(' ') + (record.keywords?.[lang] ?? []).join(' ');
const country_of = (kind, record) => kind === 'technology' ? record.origin : kind === 'capital_offer' ? record.countries?.[0] : record.country;
function search(q, lang) {
    const text = (q.get('text') ?? '').trim().toLowerCase();
    const all = Object.entries(kinds).flatMap(([kind, plural]) => bank[plural].map(record => ({ kind, record })));
    const filters = { kind: e => e.kind, field: e => e.record.field ?? e.record.fields, country: e => country_of(e.kind, e.record), class: e => e.record.classes, readiness: e => String(e.record.readiness?.level ?? ''), state: e => e.record.state, capital_kind: e => e.kind === 'capital_offer' && e.record.kind, organisation_kind: e => e.kind === 'organisation' && e.record.kind };
    const hit = (entry, but) => (!text || ['zh', 'en', 'ru'].some(l => text_of(entry.record, l).toLowerCase().includes(text))) && Object.entries(filters).every(([name, of]) => { const wish = q.getAll(name).flatMap(v => v.split(',')); return name === but || !wish.length || [of(entry)].flat().some(v => wish.includes(v)); });
    const found = all.filter(entry => hit(entry)), offset = Number(q.get('offset') ?? 0), limit = Number(q.get('limit') ?? 20);
    const facets = Object.entries(filters).map(([name, of]) => { const counts = {}; for (const entry of all) if (hit(entry, name)) for (const v of [of(entry)].flat()) if (v) counts[v] = (counts[v] ?? 0) + 1; return { name, values: Object.entries(counts).map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count) }; });
    const items = found.slice(offset, offset + limit).map(({ kind, record }) => ({ kind, id: record.id, title: record.title ?? record.name, summary: record.summary ?? record.about, field: record.field, country: country_of(kind, record), score: 1, sample: record.sample,
        title_highlight: highlight((record.title ?? record.name)?.[lang] ?? '', text), summary_highlight: highlight((record.summary ?? record.about)?.[lang] ?? '', text) }));
    return { items, facets, total: found.length};
}
function home() {
    const fields = ['water', 'air', 'solid_waste', 'soil_ecology', 'monitoring', 'energy_carbon'], count = list => list.length;
    const by = (list, of) => list.reduce((sum, x) => { const k = of(x); if (k) sum[k] = (sum[k] ?? 0) + 1; return sum; }, {});
    const origins = by(bank.technologies, t => t.origin), wants = by(bank.needs, n => n.country), levels = by(bank.technologies, t => t.readiness?.level);
    return { counts: { technologies: count(bank.technologies), needs: count(bank.needs), capital_offers: count(bank['capital-offers']), organisations: count(bank.organisations), people: 3 },
        fields: fields.map(field => ({ field, technologies: bank.technologies.filter(t => t.field === field).length, needs: bank.needs.filter(t => t.field === field).length, capital_offers: bank['capital-offers'].filter(t => t.fields?.includes(field)).length })),
        readiness: Array.from({ length: 9 }, (_, i) => ({ level: i + 1, count: levels[i + 1] ?? 0 })), countries: [...new Set([...Object.keys(origins), ...Object.keys(wants)])].map(c => ({ country: c, technologies: origins[c] ?? 0, needs: wants[c] ?? 0 })),
        budgets: fields.map((field, i) => ({ field, need_budget: { amount: String(bank.needs.filter(n => n.field === field && n.budget?.currency === 'CNY').reduce((s, n) => s + +n.budget.amount, 0)), currency: 'CNY' }, capital_max: { amount: String(i * 3e8 + 2e8), currency: 'CNY' } })),
        recent: bank.technologies.slice(0, 3).concat(bank.needs.slice(0, 3)).map(r => ({ kind: r.id.startsWith('tech') ? 'technology' : 'need', id: r.id, title: r.title, at: r.updated_at })), waiting: bank.needs.slice(0, 2).map((r, i) => ({ kind: 'need', id: r.id, title: r.title, what: i ? 'publish' : 'match' })), failed_jobs: 1 };
}
const page = (list, q) => { const start = Number(q.get('cursor') ?? 0), limit = Number(q.get('limit') ?? 20); return { items: list.slice(start, start + limit), next: start + limit < list.length ? String(start + limit) : undefined, total: list.length }; };
function api(method, path, q, body, who, headers) {
    const lang = (headers['accept-language'] ?? 'en').slice(0, 2), parts = path.split('/').slice(1), key = `${method} /${parts[0]}`;
    const need = bank.needs.find(one => one.id === parts[1]);
    if (key === 'GET /session') return session_of(who);
    if (key === 'POST /sign-in') {
        if (body.password === 'wrong') return problem(401, 'parties.sign_in_refused', { zh: '邮箱或密码不正确。', en: 'The e-mail or the password is not right.', ru: 'Неверная почта или пароль.' }[lang]);
        if (body.email.startsWith('factor') && !body.code) return problem(401, 'parties.second_factor_needed', 'Code, please.');
        const id = Math.random().toString(36).slice(2); sessions.set(id, { email: body.email, person: {} });
        return { status: 200, body: session_of(sessions.get(id)), cookie: `greenbank=${id}; Path=/; HttpOnly; SameSite=Strict` };
    }
    if (key === 'POST /sign-out') return { status: 204, cookie: 'greenbank=; Path=/; Max-Age=0' };
    if (key === 'GET /setup') return { valid: true };
    if (key === 'GET /invitation') return { organisation_name: org('org_sample_island_power')?.name, email: 'guest@example.org', role: 'editor' };
    if (key === 'GET /home') return home();
    if (key === 'GET /search') return parts[1] === 'suggest' ? { items: search(new URLSearchParams({ text: q.get('text') ?? '', limit: '3' }), lang).items.map(({ title }) => ({ text: title[lang] + ' +', documents: 1 })), total: 3 } : search(q, lang);
    if (key === 'GET /reference') return references[parts[1]] ?? problem(404, 'not_found', 'No such list.');
    if (parts[2] === 'matches' && need) return match(need, bank.technologies, org, Number(q.get('top') ?? 20));
    if (parts[2] === 'exclusions' && need) { const all = match(need, bank.technologies, org, 0).exclusions.filter(e => !q.get('rule') || e.rule === q.get('rule')); return page(all, q); }
    if (key === 'POST /match') return match(body.need, bank.technologies, org, body.top ?? 5);
    if (parts[0] in bank) {
        const list = bank[parts[0]], record = list.find(one => one.id === parts[1]), prefix = { technologies: 'tech', needs: 'need', 'capital-offers': 'cap', organisations: 'org' }[parts[0]];
        if (parts[2] === 'members') return { items: [['林晓', 'lin@example.org', 'administrator'], ['Aigerim Sadykova', 'aigerim@example.org', 'manager'], ['Мария Вебер', 'maria@example.org', 'reader']].map(([name, email, role], i) => ({ id: 'member_' + i, person: 'person_' + (i + 1), name, email, role, second_factor: i < 2, created_at: '2026-10-0' + (i + 1) + 'T08:00:00Z' })), total: 3 };
        if (!parts[1]) {
            if (method === 'GET') return page(list.filter(r => ['field', 'state', 'origin', 'holder', 'owner', 'provider', 'kind'].every(f => !q.get(f) || r[f] === q.get(f))), q);
            if (!body.title?.zh && !body.title?.en && !body.title?.ru && !body.name) return problem(422, 'invalid', { zh: '有 1 处需要修改。', en: 'One thing needs a change.', ru: 'Нужно исправить одно поле.' }[lang], [{ field: 'title', code: 'required', detail: { zh: '请填写标题。', en: 'Please give a title.', ru: 'Укажите название.' }[lang] }]);
            const made = { ...body, id: `${prefix}_${Date.now()}`, state: 'draft', version: 1, updated_at: new Date().toISOString() }; list.unshift(made); return { status: 201, body: made };
        }
        if (!record) return problem(404, 'not_found', { zh: '没有这条记录。', en: 'There is no such record.', ru: 'Такой записи нет.' }[lang]);
        if (parts[2] === 'publish') record.state = 'published'; else if (parts[2] === 'withdraw') record.state = 'withdrawn';
        else if (method === 'PATCH') Object.assign(record, body, { version: record.version + 1 });
        else if (method === 'DELETE') { list.splice(list.indexOf(record), 1); return { status: 204 }; }
        return { status: 200, body: record, etag: `"${record.version}"` };
    }
    if (!who && !['POST /setup'].includes(key)) return problem(401, 'unauthenticated', { zh: '请先登录。', en: 'Please sign in first.', ru: 'Сначала войдите в систему.' }[lang]);
    if (key === 'PATCH /person') { Object.assign(who.person, body); return session_of(who).person; }
    if (key === 'POST /session') return session_of(who);
    if (key === 'GET /sessions') return { items: [{ id: 'session_1', created_at: new Date(Date.now() - 9e6).toISOString(), seen_at: new Date().toISOString(), address: '10.0.0.7', agent: 'Chromium 140 (Linux)', current: true }, { id: 'session_2', created_at: '2026-11-12T08:00:00Z', seen_at: '2026-11-18T08:00:00Z', address: '10.0.0.9', agent: 'Firefox 140 (Windows)' }], total: 2 };
    if (key === 'GET /tokens') return { items: [{ id: 'token_1', name: 'nightly export', rights: ['library.write'], created_at: '2026-11-01T08:00:00Z', expires_at: '2027-01-30T08:00:00Z' }], total: 1 };
    if (key === 'POST /tokens') return { id: 'token_2', name: body.name, token: 'gbt_7f3c9a…this-is-a-mock' };
    if (key === 'POST /second-factor') return parts[1] === 'confirm' ? { recovery_codes: ['k3vd-9x2p', 'q8wn-4rtz', 'm5hc-7yje', 'b2fs-6gua'] } : parts[1] ? { status: 204 } : { secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Greenbank:lin@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Greenbank' };
    if (key === 'GET /invitations') return { items: [{ id: 'invitation_1', email: 'new.colleague@example.org', role: 'editor', organisation: 'org_sample_centre', expires_at: '2026-11-27T08:00:00Z' }], total: 1 };
    if (key === 'POST /invitations') return { id: 'invitation_2', link: 'http://127.0.0.1/invitation?token=mock' };
    if (key === 'GET /audit') return page(audit.filter(a => (!q.get('operation') || a.operation === q.get('operation')) && (!q.get('outcome') || a.outcome === q.get('outcome'))), q);
    if (key === 'GET /jobs') { const r = jobs.find(j => j.state === 'running'); if (r && (r.done += 7) >= r.total) Object.assign(r, { state: 'done', done: r.total, finished_at: new Date().toISOString() }); return parts[1] ? jobs.find(j => j.id === parts[1]) : { items: jobs.filter(j => !q.get('state') || j.state === q.get('state')), total: jobs.length }; }
    if (key === 'POST /jobs') { jobs.find(j => j.id === parts[1]).state = 'cancelled'; return { status: 204 }; }
    if (key === 'POST /sample' || path === '/search/rebuild') { if (parts[1] === 'load') load_sample(); const job = { id: 'job_' + (jobs.length + 1), kind: parts.join('_'), state: 'running', done: 0, total: 60, created_at: new Date().toISOString(), started_at: new Date().toISOString() }; jobs.unshift(job); return { status: 202, body: job }; }
    return method === 'GET' ? problem(404, 'not_found', 'Nothing here.') : { status: 204 };
}
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.txt': 'text/plain' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
createServer((request, answer) => {
    const url = new URL(request.url, 'http://x'), who = sessions.get(/greenbank=(\w+)/.exec(request.headers.cookie ?? '')?.[1]);
    if (url.pathname.startsWith('/api/v1/')) {
        let sent = ''; request.on('data', part => { sent += part; }).on('end', () => {
            const path = url.pathname.slice(7);
            if (/^\/jobs\/\w+\/events$/.test(path)) {
                const job = jobs.find(one => one.id === path.split('/')[2]); answer.writeHead(200, { 'content-type': 'text/event-stream' });
                const timer = setInterval(() => { if (job.state === 'running' && (job.done += 9) >= job.total) Object.assign(job, { done: job.total, state: 'done', finished_at: new Date().toISOString() }); answer.write(`data: ${JSON.stringify(job)}\n\n`); if (job.state !== 'running') { clearInterval(timer); answer.end(); } }, 300);
                return answer.on('close', () => clearInterval(timer));
            }
            let result; try { result = api(request.method, path, url.searchParams, sent ? JSON.parse(sent) : {}, who, request.headers); } catch (error) { console.log(error); result = problem(500, 'internal', String(error)); }
            const status = typeof result?.status === 'number' && ('body' in result || !('id' in result)) && !('items' in result) ? result.status : 200, body = status === 200 && !('body' in (result ?? {})) ? result : result.body;
            answer.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json', ...(result.etag ? { etag: result.etag } : {}), ...(result.cookie ? { 'set-cookie': result.cookie } : {}), ...(body === undefined ? {} : { 'content-encoding': 'br' }) });
            answer.end(body === undefined ? '' : brotliCompressSync(JSON.stringify(body), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
        });
        return;
    }
    if (url.pathname === '/openapi.json') { answer.writeHead(200, { 'content-type': 'application/json' }); return answer.end(readFileSync(join(web, '../tests/openapi.json'))); }
    let file = join(web, 'dist', decodeURIComponent(url.pathname)); if (!extname(file) || !existsSync(file)) file = join(web, 'dist/index.html');
    const packed = existsSync(file + '.br') && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    answer.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy, 'x-content-type-options': 'nosniff', ...(packed ? { 'content-encoding': 'br' } : {}) });
    answer.end(readFileSync(packed ? file + '.br' : file));
}).listen(port, '127.0.0.1', () => console.log(`mock on http://127.0.0.1:${port}: ${Object.entries(bank).map(([name, list]) => `${list.length} ${name}`).join(', ')}`));
