// The page's own sketch of openapi.json, used (by build and mock) only while ../tests/openapi.json does not exist.
// usage: node tests/sketch.mjs   writes tests/openapi.json
import { writeFileSync } from 'node:fs';

const enums = {
    technology_field: 'water air solid_waste soil_ecology monitoring energy_carbon', readiness_scale: 'gbt22900 iso16290 iea', state: 'draft published withdrawn',
    cooperation: 'licence sale joint_venture service lease performance_contract', figure_status: 'public sample holder', evidence_kind: 'case verification patent test_report standard',
    comparison: 'at_most at_least', capital_kind: 'loan lease equity guarantee grant insurance bond carbon_loan', stage: 'research pilot demonstration industrial',
    collateral: 'land equipment intellectual_property carbon guarantee receivables none', organisation_kind: 'holder enterprise institute bank fund insurer guarantor assessor operator regulator centre',
};
const stored = 'id:id=self! state:choice=state^ sample:boolean^ created_at:time^~ updated_at:time^~';
// name:kind=detail with ! required, ^ read only, ~ sortable, ? filterable
const records = {
    readiness: 'scale:choice=readiness_scale! level:integer=1..11!',
    figure: 'indicator:text! low:real! high:real unit:text! conditions:localized source:text! status:choice=figure_status!',
    evidence: 'kind:choice=evidence_kind! title:localized! year:integer=1950..2100 country:text',
    keywords: 'zh:list=text en:list=text ru:list=text',
    requirement: 'indicator:text! comparison:choice=comparison! value:real! unit:text! hard:boolean',
    technology: `title:localized!~ summary:localized! description:localized holder:id=org^? field:choice=technology_field!?~ classes:list=text readiness:record=readiness!
        figures:list=figure capacity_min:quantity capacity_max:quantity capital_cost:money capital_cost_per:text operating_cost:money operating_cost_per:text
        territories:list=text cooperation:list=choice=cooperation traits:list=text evidence:list=evidence keywords:record=keywords origin:text!? ${stored}`,
    need: `title:localized!~ summary:localized! description:localized owner:id=org^? field:choice=technology_field!?~ classes:list=text requirements:list=requirement
        capacity:quantity budget:money readiness_min:record=readiness country:text!? place:localized required_traits:list=text excluded_traits:list=text evidence_min:integer=0..100
        keywords:record=keywords deadline:date ${stored}`,
    capital_offer: `title:localized!~ summary:localized! provider:id=org^? kind:choice=capital_kind!? amount_min:money amount_max:money tenor_min:integer=1..600 tenor_max:integer=1..600
        rate:localized countries:list=text fields:list=choice=technology_field classes:list=text stages:list=choice=stage collateral:list=choice=collateral conditions:localized ${stored}`,
    organisation: 'name:localized!~ kind:choice=organisation_kind!? country:text!? city:localized about:localized id:id=org! sample:boolean^',
};
const base = {
    boolean: { type: 'boolean' }, integer: { type: 'integer' }, real: { type: 'number' }, text: { type: 'string', maxLength: 2000 }, id: { type: 'string' },
    time: { type: 'string', format: 'date-time' }, date: { type: 'string', format: 'date' },
    money: { type: 'object', properties: { amount: { type: 'string' }, currency: { type: 'string' } } },
    quantity: { type: 'object', properties: { value: { type: 'number' }, unit: { type: 'string' } } },
    localized: { type: 'object', properties: { zh: { type: 'string' }, en: { type: 'string' }, ru: { type: 'string' } } },
};
function schema(kind, detail) {
    if (kind === 'list') { const [inner, more] = detail.split('='); return { 'x-kind': 'list', type: 'array', items: inner in records ? schema('record', inner) : schema(inner, more) }; }
    if (kind === 'record') return { 'x-kind': 'record', $ref: '#/components/schemas/' + detail };
    if (kind === 'choice') return { 'x-kind': 'choice', 'x-choice': detail, type: 'string', enum: enums[detail].split(' ') };
    const limits = /^(\d+)\.\.(\d+)$/.exec(detail ?? '');
    return { 'x-kind': kind, ...base[kind], ...(kind === 'id' ? { 'x-reference': detail } : {}), ...(limits ? { minimum: +limits[1], maximum: +limits[2] } : {}) };
}
const schemas = {};
for (const [name, fields] of Object.entries(records)) {
    const properties = {}, required = [];
    for (const item of fields.trim().split(/\s+/)) {
        const [, field, kind, detail, flags] = /^(\w+):(\w+?)(?:=([\w.=]+?))?([!^~?]*)$/.exec(item);
        properties[field] = { ...schema(kind, detail), description: `${field.replaceAll('_', ' ')} of a ${name.replaceAll('_', ' ')}.` };
        if (flags.includes('!')) required.push(field);
        if (flags.includes('^') || field === 'id') properties[field].readOnly = true;
        if (flags.includes('~')) properties[field]['x-sort'] = true;
        if (flags.includes('?')) properties[field]['x-filter'] = true;
    }
    schemas[name] = { type: 'object', description: `One ${name.replaceAll('_', ' ')}.`, properties, required };
}
const of = name => ({ content: { 'application/json': { schema: { $ref: '#/components/schemas/' + name } } } });
const query = (...names) => names.map(name => ({ name, in: 'query', schema: { type: name === 'limit' || name === 'top' ? 'integer' : 'string' } }));
const path_id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const paths = {};
const add = (method, path, operationId, summary, more = {}) => {
    paths['/api/v1' + path] ??= {};
    paths['/api/v1' + path][method] = { operationId, summary, tags: [more.tag ?? 'library'], parameters: [...(path.includes('{id}') ? [path_id] : []), ...(more.query ? query(...more.query) : [])],
        ...(more.body ? { requestBody: of(more.body) } : {}), responses: { 200: { description: 'Done.', ...(more.body ? of(more.body) : {}) }, default: { description: 'A problem.' } } };
};
for (const [plural, name] of [['technologies', 'technology'], ['needs', 'need'], ['capital-offers', 'capital_offer']]) {
    add('get', `/${plural}`, `${name}_list`, `Lists of ${name} records.`, { query: ['limit', 'cursor', 'sort', 'field', 'state'] });
    add('post', `/${plural}`, `${name}_create`, `Writes a new ${name}.`, { body: name });
    add('get', `/${plural}/{id}`, `${name}_get`, `One ${name}.`);
    add('patch', `/${plural}/{id}`, `${name}_update`, `Changes a ${name}.`, { body: name });
    add('post', `/${plural}/{id}/publish`, `${name}_publish`, `Shows a ${name} to everybody.`);
}
add('get', '/search', 'library_search', 'Finds technologies, needs, capital offers and organisations.', { query: ['text', 'kind', 'field', 'country', 'limit'] });
add('get', '/needs/{id}/matches', 'need_match', 'Ranks the technologies for a need, with reasons.', { query: ['top'], tag: 'match' });
add('get', '/session', 'session_get', 'Who is signed in.', { tag: 'parties' });
add('get', '/home', 'home_get', 'Figures of the whole bank.', { tag: 'home' });
add('get', '/jobs', 'job_list', 'Long work, running and done.', { query: ['state'], tag: 'api' });
writeFileSync(new URL('openapi.json', import.meta.url), JSON.stringify({ openapi: '3.1.0', info: { title: 'Greenbank (sketch)', version: '0' }, paths, components: { schemas } }, null, 1));
