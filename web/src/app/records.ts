// The record descriptions that forms, lists and details read; made from openapi.json at build time.
import table from 'virtual:records';

export type Kind = 'boolean' | 'integer' | 'real' | 'text' | 'choice' | 'id' | 'time' | 'date' | 'money' | 'quantity' | 'localized' | 'record' | 'list';
export type FieldDescription = {
    name: string; kind: Kind; required?: boolean; optional?: boolean; read_only?: boolean; unit?: string; filter?: boolean; sort?: boolean; min?: number; max?: number;
    choice?: string; choices?: string[]; reference?: string; vocabulary?: string; item?: FieldDescription; record?: string;
};
export type RecordDescription = FieldDescription[];

/** What a list can be filtered and sorted by, and the record it is made of. */
export type ListDescription = { record: string; filters: FieldDescription[]; sorts: string[] };

export const describe = (record: string): RecordDescription => table.records[record] ?? [];
export const describe_list = (path: string): ListDescription => table.lists[path] ?? table.lists[path.replace(/\/[^/]+_[^/]+(?=\/|$)/g, '/{id}')] ?? { record: '', filters: [], sorts: [] };
export const field_of = (record: string, name: string) => describe(record).find(field => field.name === name);
export const choices_of = (record: string, name: string): string[] => {
    const field = field_of(record, name);
    return field?.choices ?? field?.item?.choices ?? [];
};
