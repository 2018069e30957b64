// What the import pages know of the server's records.
import type { components } from '@/generated/api';
type Schemas = components['schemas'];
export type Import = Schemas['import'] & { id: string; version: number; state: string; file_name: string; columns: Schemas['import_column'][]; counts: Schemas['import_counts']; problems: Schemas['import_problem'][]; alike: Schemas['import_alike'][]; job?: string; faulty_file?: string };
export type Place = Schemas['import_place'];
export const kinds = ['technology', 'need', 'capital_offer', 'organisation', 'expert', 'policy'];
export const at_work = (state: string) => state === 'checking' || state === 'running' || state === 'undoing';
