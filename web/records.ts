// Reduces openapi.json to what lists, details and forms need: the described records, and what each list can be filtered and sorted by.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { FieldDescription, ListDescription, RecordDescription } from './src/app/records';

type Schema = Record<string, any>;

const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

const openapi_file = (web: string) => join(web, '../tests/openapi.json');

/** Whether the page says the name of a record: what a server answers beside that is read by its own types and needs no description here. */
function names_in(folder: string): (name: string) => boolean {
    const text = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => /\.(ts|vue)$/.test(path) && !path.startsWith('generated')).map(path => readFileSync(join(folder, path), 'utf8')).join('\n').replace(/Extra<\w+, '\w+'>/g, '');
    const named = new Set([...text.matchAll(/['"`]([a-z0-9_]+)['"`]/g)].map(found => found[1]));
    return name => named.has(name);
}

export function reduce(document: Schema, named: (name: string) => boolean = () => true): { records: Record<string, RecordDescription>; lists: Record<string, ListDescription> } {
    const schemas: Record<string, Schema> = document.components?.schemas ?? {};
    const resolve = (schema: Schema): Schema => {
        if (schema?.$ref) return { ...resolve(schemas[schema.$ref.split('/').pop()!] ?? {}), ...schema, record_name: snake(schema.$ref.split('/').pop()!) };
        const parts = schema?.allOf ?? schema?.anyOf?.filter((part: Schema) => part.type !== 'null') ?? schema?.oneOf?.filter((part: Schema) => part.type !== 'null');
        return parts?.length === 1 ? { ...resolve(parts[0]), ...schema } : schema ?? {};
    };
    const kind_of = (schema: Schema): FieldDescription['kind'] => {
        if (schema['x-kind']) return schema['x-kind'];
        const name = schema.record_name;
        if (name === 'text' || name === 'localized') return 'localized';
        if (name === 'money' || name === 'quantity') return name;
        const type = Array.isArray(schema.type) ? schema.type.find((t: string) => t !== 'null') : schema.type;
        if (type === 'array') return 'list';
        if (type === 'boolean' || type === 'integer') return type;
        if (type === 'number') return 'real';
        if (schema.enum) return 'choice';
        if (schema.format === 'date') return 'date';
        if (schema.format === 'date-time') return 'time';
        return type === 'object' || schema.properties ? 'record' : 'text';
    };
    const field_of = (name: string, raw: Schema, required: boolean): FieldDescription => {
        const schema = resolve(raw), kind = kind_of(schema), field: FieldDescription = { name, kind };
        if (required) field.required = true;
        if (schema.readOnly) field.read_only = true;
        if (schema['x-optional']) field.optional = true;
        if (schema['x-unit']) field.unit = schema['x-unit'];
        if (schema['x-filter']) field.filter = true;
        if (schema['x-sort']) field.sort = true;
        if (schema['x-vocabulary']) field.vocabulary = schema['x-vocabulary'];
        if (kind === 'choice') { field.choice = schema['x-choice'] ?? name; field.choices = schema.enum; }
        if (kind === 'id') field.reference = schema['x-reference'];
        if (kind === 'list') field.item = field_of('', schema.items ?? {}, true);
        if (kind === 'record') field.record = schema['x-record'] ?? schema.record_name;
        const min = schema.minimum ?? schema.minLength ?? schema.minItems, max = schema.maximum ?? schema.maxLength ?? schema.maxItems;
        if (min !== undefined) field.min = min;
        if (max !== undefined) field.max = max;
        return field;
    };
    const name_of = (schema?: Schema): string | undefined => schema?.$ref ? snake(schema.$ref.split('/').pop()!) : undefined;
    const content = (part?: Schema): Schema | undefined => Object.values((part?.content ?? {}) as Record<string, Schema>)[0]?.schema;
    const records: Record<string, RecordDescription> = {};
    for (const [name, schema] of Object.entries(schemas)) {
        if (!schema.properties) continue;
        const required = new Set<string>(schema.required ?? []);
        records[snake(name)] = Object.entries(schema.properties as Record<string, Schema>).map(([field, part]) => field_of(field, part, required.has(field) || Boolean(part['x-needed'])));
    }
    // Only what a page can list, show or edit, and the records inside those.
    const kept: Record<string, RecordDescription> = {}, lists: Record<string, ListDescription> = {};
    const keep = (name?: string) => {
        if (!name || kept[name] || !records[name]) return;
        kept[name] = records[name];
        for (const field of records[name]) { keep(field.record); keep(field.item?.record); }
    };
    for (const [path, methods] of Object.entries((document.paths ?? {}) as Record<string, Record<string, Schema>>))
        for (const [method, operation] of Object.entries(methods)) {
            const answer = content(operation.responses?.['200'] ?? operation.responses?.['201']), items = name_of(answer?.properties?.items?.items);
            if (method === 'get' && items) {
                const parameters: Schema[] = (operation.parameters ?? []).filter((one: Schema) => one.in === 'query' && !['limit', 'cursor', 'sort', 'format'].includes(one.name));
                const sort = (operation.parameters ?? []).find((one: Schema) => one.name === 'sort')?.description ?? '';
                lists[path.replace('/api/v1', '')] = { record: items, filters: parameters.map(one => field_of(one.name, one.schema ?? {}, false)), sorts: /One of: (.+)$/.exec(sort)?.[1].trim().split(/\s+/) ?? [] };
            }
            if (method === 'get') { keep(items); if (named(name_of(answer) ?? '')) keep(name_of(answer)); }
            if (method === 'post' || method === 'patch') keep(name_of(content(operation.requestBody)));
        }
    return { records: kept, lists };
}

const id_of_module = 'virtual:records';

export function records(web: string): Plugin {
    return {
        name: 'greenbank-records',
        resolveId: id => id === id_of_module ? '\0' + id : undefined,
        load(id) {
            if (id !== '\0' + id_of_module) return;
            const file = openapi_file(web);
            this.addWatchFile(file);
            return `export default JSON.parse(${JSON.stringify(JSON.stringify(reduce(JSON.parse(readFileSync(file, 'utf8')), names_in(join(web, 'src')))))})`;
        },
    };
}
