// What the server sends of editions, admissions, verifications, experts, panels and versions; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Text } from '@/app/types';

type Stored = { id: string; sample?: boolean; version: number; updated_at: string };
export type Edition = Stored & { number: number; year: number; title: Text; summary?: Text; panel_needed: boolean; state: string; opened_on?: string; closed_on?: string; published_on?: string };
export type EditionView = { edition: Edition; counts: { field: string; demonstration: number; promotion: number }[]; admitted: number; states: { state: string; count: number }[] };
export type Step = { id: string; action: string; before?: string; after: string; person_name?: string; organisation?: string; at: string; comment?: string; content_version?: number };
export type Remark = { code: string; sentence: string };
export type PanelLine = { id: string; state: string; invited: number; answered: number; opened_at: string };
export type Admission = Stored & {
    edition: string; technology: string; title: Text; holder?: string; field: string; class: string; state: string; since: string; declared_on: string; cases: number;
    content_version?: number; published_on?: string; valid_until?: string;
};
export type AdmissionView = { admission: Admission; edition: Edition; steps: Step[]; next?: string; actions: string[]; expired: boolean; remarks: Remark[]; panels: PanelLine[] };
export type Rule = { class: string; cases_min: number; running_years_min: number; validity_years: number; edition: string; source: string; status: string; name: Text };

export type Claim = { indicator: string; min: number; max: number; unit: string; conditions: Text; result?: { value: number; uncertainty: number } };
export type Verification = Stored & {
    technology: string; title: Text; holder?: string; applicant: string; verifier: string; claims: Claim[]; existing_data?: Text; plan_reference?: string; report_reference?: string; report_link?: string;
    statement_number?: string; statement?: Text; issued_on?: string; valid_until?: string; published_on?: string; state: string; since: string;
};
export type VerificationView = { verification: Verification; verdicts: string[]; standing: string; steps: Step[]; next?: string; actions: string[]; remarks: Remark[]; panels: PanelLine[] };

export type Statement = { id: string; statement_number: string; verifier: string; verifier_name: Text; issued_on?: string; valid_until?: string; standing: string; claims: Claim[]; verdicts: string[] };
export type Admitted = { id: string; edition: string; edition_number: number; edition_title: Text; class: string; state: string; valid_until?: string; expired: boolean };
export type Assessment = {
    scale: string; scale_name: Text; level: number; level_name: Text; level_definition: Text; shown_level: number; levels_without_evidence: number[];
    remarks: Remark[]; statements: Statement[]; admissions: Admitted[];
};
export type Scale = { code: string; edition: string; source: string; status: string; name: Text; levels: { level: number; group: string; name: Text; definition: Text }[] };

export type Expert = Stored & {
    name: Text; post?: Text; organisation?: string; affiliation?: Text; person?: string; about?: Text; fields?: string[]; classes?: string[]; languages?: string[]; country: string;
    available_from?: string; available_until?: string; hours_a_month?: number; interests?: { organisation?: string; nature: Text }[]; state?: string;
};
export type Score = { indicator: string; score: number };
export type Indicator = { code: string; weight: number; name: Text; definition: Text };
export type Panel = Stored & {
    admission?: string; verification?: string; technology: string; title: Text; system: string; system_edition: string; indicators: Indicator[]; scale_min: number; scale_max: number;
    minimum: number; quorum: number; trim: number; deadline?: string; state: string; closed_at?: string; created_at: string;
};
export type Seat = { id: string; expert: string; expert_name: Text; state: string; declaration?: string; scores: Score[]; comment?: string; invited_at: string; answered_at?: string };
export type Spread = { indicator: string; count: number; mean: number; trimmed_mean: number; deviation: number; min: number; lower_quartile: number; median: number; upper_quartile: number; max: number; interquartile_range: number };
export type PanelView = {
    panel: Panel; invited: number; answered: number; quorate: boolean; seats: Seat[]; own?: Seat;
    result?: { total: Spread; indicators: Spread[]; totals: { expert: string; expert_name: Text; total: number; outlier: boolean }[]; reaches_minimum: boolean };
};
export type System = { code: string; edition: string; source: string; status: string; name: Text; scale_min: number; scale_max: number; minimum: number; indicators: Indicator[] };
export type Version = { id: string; number: number; title: Text; at: string; person_name?: string; organisation?: string; state: string; action: string; reason?: string };
export type Change = { path: string; before?: string; after?: string };

export type Agreement = [
    None<Extra<Edition, 'edition'>>, None<Extra<EditionView, 'edition_view'>>, None<Extra<Step, 'assessment_step'>>, None<Extra<Remark, 'remark'>>, None<Extra<PanelLine, 'panel_line'>>, None<Extra<Admission, 'admission'>>, None<Extra<AdmissionView, 'admission_view'>>,
    None<Extra<Rule, 'class_rule'>>, None<Extra<Claim, 'claim'>>, None<Extra<Verification, 'verification'>>, None<Extra<VerificationView, 'verification_view'>>, None<Extra<Statement, 'statement_line'>>, None<Extra<Admitted, 'admission_line'>>,
    None<Extra<Assessment, 'technology_assessment'>>, None<Extra<Scale, 'scale'>>, None<Extra<Expert, 'expert'>>, None<Extra<Panel, 'panel'>>, None<Extra<Seat, 'panel_seat'>>, None<Extra<Spread, 'spread'>>, None<Extra<PanelView, 'panel_view'>>, None<Extra<System, 'scoring_system'>>,
    None<Extra<Version, 'entry_version'>>, None<Extra<Change, 'difference_item'>>,
];
