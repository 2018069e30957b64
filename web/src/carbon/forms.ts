// How the forms of the room are parted, and what a new record begins with.
import { t } from '@/app/language';
import type { AnyRecord } from '@/app/types';
import type { Section } from '@/patterns/RecordForm.vue';

export const begin: Record<string, AnyRecord> = {
    emission_factor: { kind: 'grid_average', gas: 'CO2', per: 'kWh', area: 'CN', status: 'unconfirmed', horizon_years: 100 },
    product_system: { amount: 1, unit: 'kg', boundary: 'cradle_to_gate', area: 'CN', gwp: 'ar6', processes: [{ stage: 'production', exchanges: [{ direction: 'reference', unit: 'kg', amount: 1 }] }] },
};
const parts: Record<string, () => [string, string[]][]> = {
    emission_factor: () => [['about', ['kind', 'subject', 'title', 'gas', 'gwp', 'horizon_years']], ['holds', ['area', 'valid_from', 'valid_until', 'edition', 'published']], ['figure', ['value', 'per', 'uncertainty_percent']], ['source', ['source', 'source_link', 'status']]],
    product_system: () => [['about', ['title', 'description', 'product_class', 'project']], ['unit', ['product', 'amount', 'unit', 'boundary']], ['holds', ['area', 'activity_on', 'gwp']], ['processes', ['processes']], ['parameters', ['parameters', 'scenarios']]],
    carbon_label: () => [['label', ['footprint', 'reviewer', 'verifier']]],
};
export const sections = (record: string): Section[] => (parts[record]?.() ?? []).map(([name, fields]) => ({ title: t(`carbon.part.${name}`), fields }));
