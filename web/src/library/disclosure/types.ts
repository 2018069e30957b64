// What the server sends of disclosure and of policies; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Text } from '@/app/types';

export type FieldView = { field: string; item?: string; stage: string; visible: boolean; movable: boolean; present: boolean };
export type EntryDocument = { id: string; title: Text; name: string; bytes: number; stage: string; version: number };
export type Disclosure = {
    kind: string; entry: string; stage: string; own: boolean; owner_kind?: string; owner_country?: string; fields: FieldView[];
    documents: EntryDocument[]; documents_hidden: number; agreement?: string; agreement_state?: string;
};
export type FieldStage = { field: string; item?: string; stage: string };
export type NonDisclosure = {
    id: string; owner?: string; recipient: string; kind?: string; entry?: string; title?: Text; purpose: string; terms: string; document?: string; document_name?: string;
    valid_from?: string; valid_until?: string; state: string; since: string; owner_signer?: string; recipient_signer?: string; owner_signed_at?: string; recipient_signed_at?: string; reason?: string; version: number;
};
export type Grant = { id: string; recipient: string; entry?: string; title?: Text; stage: string; valid_until?: string; note?: string; ended_at?: string; created_at: string };

export type PolicyCondition = { condition: string; truth: string; wanted: string; known?: string; sentence: string };
export type PolicyBenefit = { kind: string; what: string; amount?: { amount: string; currency: string }; capped: boolean; rate?: number };
export type PolicyAnswer = { policy: string; title: Text; issuer: Text; level: string; status: string; source: string; sample: boolean; truth: string; conditions: PolicyCondition[]; benefits: PolicyBenefit[] };
export type PolicyAnswers = { considered: number; applying: number; possible: number; items: PolicyAnswer[] };
export type Policy = { id: string; state: string; status: string; level: string; link?: string; source: string; version: number; territories: string[]; measures?: { indicator: string; comparison: string; value: number; unit: string }[]; benefits?: { kind: string; what: Text }[] };

export type Agreement = [
    None<Extra<FieldView, 'disclosure_field'>>, None<Extra<EntryDocument, 'entry_document'>>, None<Extra<Disclosure, 'disclosure_view'>>, None<Extra<FieldStage, 'field_stage'>>,
    None<Extra<NonDisclosure, 'disclosure_agreement'>>, None<Extra<Grant, 'disclosure_grant'>>, None<Extra<PolicyCondition, 'policy_condition_view'>>, None<Extra<PolicyBenefit, 'policy_benefit_view'>>,
    None<Extra<PolicyAnswer, 'policy_answer'>>, None<Extra<PolicyAnswers, 'policy_answers'>>, None<Extra<Policy, 'policy'>>,
];
