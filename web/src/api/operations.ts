// The operations of an OpenAPI document, flat, and an example body for each.
type Schema = { $ref?: string; type?: string | string[]; properties?: Record<string, Schema>; items?: Schema; enum?: string[]; readOnly?: boolean; required?: string[]; example?: unknown; allOf?: Schema[]; anyOf?: Schema[]; format?: string; description?: string };
export type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema };
export type Operation = { name: string; group: string; method: string; path: string; summary: string; description?: string; parameters: Parameter[]; body?: Schema };
export type Document = { paths: Record<string, Record<string, any>>; components?: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> }; info?: { version?: string } };

export function operations_of(document: Document): Operation[] {
    const parameter = (one: Parameter & { $ref?: string }) => one.$ref ? document.components?.parameters?.[one.$ref.split('/').pop()!] ?? one : one;
    return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).filter(([method]) => ['get', 'post', 'patch', 'put', 'delete'].includes(method)).map(([method, row]) => ({
        name: row.operationId ?? `${method} ${path}`, group: row.tags?.[0] ?? '', method, path, summary: row.summary ?? '', description: row.description,
        parameters: [...(methods.parameters ?? []), ...(row.parameters ?? [])].map(parameter).filter((one: Parameter) => one.in === 'path' || one.in === 'query'),
        body: row.requestBody?.content?.['application/json']?.schema ?? row.requestBody?.content?.['application/merge-patch+json']?.schema,
    })));
}

export function example_of(schema: Schema | undefined, document: Document, depth = 0): unknown {
    if (!schema || depth > 4) return undefined;
    if (schema.$ref) return example_of({ ...document.components?.schemas?.[schema.$ref.split('/').pop()!], $ref: undefined }, document, depth);
    if (schema.example !== undefined) return schema.example;
    const inner = schema.allOf?.[0] ?? schema.anyOf?.[0];
    if (inner && !schema.properties) return example_of(inner, document, depth);
    if (schema.enum) return schema.enum[0];
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (schema.properties) return Object.fromEntries(Object.entries(schema.properties).filter(([name, part]) => !part.readOnly && (depth > 0 || !schema.required?.length || schema.required.includes(name))).map(([name, part]) => [name, example_of(part, document, depth + 1)]).filter(([, value]) => value !== undefined));
    if (type === 'array') return [];
    return { integer: 0, number: 0, boolean: false, string: '' }[type as string];
}
