// Something like the bank's match and highlight, good enough to draw pages with.
import { readFileSync } from 'node:fs';

export function parse_csv_file(file) {
    const [head, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/).map(line => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(m => (m[1] ?? m[2]).replaceAll('""', '"')));
    return rows.map(cells => Object.fromEntries(head.map((name, i) => [name, cells[i]])));
}

export function highlight(text, words) {
    const at = words ? text.toLowerCase().indexOf(words) : -1;
    return at < 0 ? text : `${text.slice(0, at)}\u0001${text.slice(at, at + words.length)}\u0002${text.slice(at + words.length)}`;
}

const weights = { performance: 350000, classes: 150000, evidence: 120000, readiness: 120000, text: 100000, cost: 100000, place: 60000 };
const say = (zh, en, ru) => ({ zh, en, ru });

export function match(need, technologies, org, top) {
    const items = [], exclusions = [], counts = {};
    for (const technology of technologies) {
        const level = technology.readiness?.level ?? 0, wanted = need.readiness_min?.level ?? 0, traits = technology.traits ?? [];
        const bad = (need.excluded_traits ?? []).find(trait => traits.includes(trait)), where = (technology.territories ?? []).some(c => c === 'WORLD' || c === need.country);
        const rules = [
            { rule: 'field', passed: technology.field === need.field, need_value: need.field, technology_value: technology.field, sentence: say('技术领域须与需求一致。', 'The field must be that of the need.', 'Область должна совпадать с потребностью.') },
            { rule: 'readiness', passed: level >= wanted, need_value: wanted, technology_value: level, sentence: say(`成熟度 ${level} 级，需求至少 ${wanted} 级。`, `Readiness ${level}; the need asks for at least ${wanted}.`, `Готовность ${level}; требуется не ниже ${wanted}.`) },
            { rule: 'territory', passed: where, need_value: need.country, technology_value: (technology.territories ?? []).join(', '), sentence: say('权利人可在该国授权。', 'The holder may grant rights in this country.', 'Правообладатель вправе передавать права в этой стране.') },
            { rule: 'excluded_traits', passed: !bad, need_value: (need.excluded_traits ?? []).join(', '), technology_value: bad ?? '', sentence: bad ? say('含有需求所排除的特征。', 'It has a trait which the need excludes.', 'Есть признак, исключённый потребностью.') : say('没有被排除的特征。', 'No excluded trait.', 'Исключённых признаков нет.') }];
        const failed = rules.find(rule => !rule.passed);
        if (failed) { counts[failed.rule] = (counts[failed.rule] ?? 0) + 1; exclusions.push({ technology: technology.id, title: technology.title, ...failed }); continue; }
        let seed = [...technology.id + need.id].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 9973, 7);
        const criteria = Object.entries(weights).map(([criterion, weight_points]) => {
            seed = (seed * 137 + 71) % 9973; const score_points = Math.min(1000000, 350000 + (seed % 1000) * 750);
            return { criterion, weight_points, score_points, contribution_points: Math.floor(weight_points * score_points / 1000000), need_value: criterion === 'cost' ? need.budget : criterion === 'capacity' ? need.capacity : criterion === 'readiness' ? wanted : '', technology_value: criterion === 'cost' ? technology.capital_cost : criterion === 'capacity' ? technology.capacity_max : criterion === 'readiness' ? level : '', sentence: say('两边的数值相近。', 'The two values are close to each other.', 'Значения обеих сторон близки.') };
        });
        items.push({ technology: technology.id, title: technology.title, summary: technology.summary, holder_name: org(technology.holder)?.name, field: technology.field, origin: technology.origin, readiness: technology.readiness, score_points: criteria.reduce((sum, c) => sum + c.contribution_points, 0), rules, criteria });
    }
    items.sort((a, b) => b.score_points - a.score_points);
    return { need: { id: need.id, title: need.title }, considered: technologies.length, excluded: exclusions.length, weights_edition: '2026-11 (sample)', excluded_by: Object.entries(counts).map(([rule, count]) => ({ rule, count })), items: items.slice(0, top), exclusions };
}
