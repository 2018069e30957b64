// What the API sends about the thesaurus and saved searches, as these pages use it.
import type { Keywords, Text } from '@/app/types';
import type { Change } from '../assessment/types';

export type ReferenceConcept = { broader: string; words: Keywords; gone?: boolean };
export type Concept = {
    id: string; code: string; name: Text; alternative: Keywords; hidden: Keywords; scope_note: Text; broader: string[]; related: string[]; state: string;
    merged_into?: string; reference?: ReferenceConcept; conflict?: ReferenceConcept; conflicting: boolean; updated_at: string; version: number;
};
export type ConceptNode = { id: string; code: string; name: Text; state: string; conflicting: boolean; narrower: number; labels: number; label?: string; way: { id: string; name: Text }[] };
export type ConceptUsage = { entries: number; narrower: number; labels: { label: string; language: string; kind: string; entries: number }[] };
export type ThesaurusDifference = {
    added: number; changed: number; unchanged: number; faulty: number; labels_passed_over: number; fingerprint: string;
    items: { code: string; name: Text; action: string; changes: Change[] }[]; problems: { entry: string; sentence: string }[];
};
export type SavedSearch = {
    id: string; name: string; text?: string; kind?: string[]; field?: string[]; country?: string[]; class?: string[]; readiness?: string[]; capital_kind?: string[]; organisation_kind?: string[];
    shared?: boolean; notify?: boolean; has_feed?: boolean; person?: string; updated_at?: string; version?: number;
};
