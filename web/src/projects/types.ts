// What the projects' endpoints send.
import type { Money, Quantity, Text } from '@/app/types';

export type Partner = { organisation: string; role: string; part?: Text };
export type TechnologyUse = { technology: string; amount?: Quantity; note?: Text };
export type BudgetLine = { kind: 'capital' | 'operating'; name: Text; amount: Money; year?: number; source?: string; depreciates?: boolean };
export type Effect = { kind: string; value: number; unit: string; what?: Text; price?: Money; source: string; assumption?: Text; degradation?: number };
export type StageStep = { stage: string; reached_on: string; note?: string };
export type Project = {
    id: string; title: Text; summary: Text; description?: Text; owner?: string; field: string; classes?: string[]; stage: string; stages: StageStep[]; progress: string; need?: string;
    technologies?: TechnologyUse[]; partners?: Partner[]; country: string; place?: Text; latitude?: number; longitude?: number; starts_on?: string; runs_from?: string; life: number;
    budget?: Money; budget_lines?: BudgetLine[]; effects?: Effect[]; state: string; sample?: boolean; updated_at: string; version: number;
};
export type Condition = { condition: string; least: number; have: number; met: boolean };
export type Standing = {
    id: string; own: boolean; part: boolean; money: boolean; next_stage?: string; conditions?: Condition[]; progress_next?: string[]; milestones: number; accepted: number; accepted_weight: number;
    capital?: Money; unassigned?: Money; operating?: Money; milestone_amount?: Money; accepted_amount?: Money; appraisal?: string; appraisals: number;
};
export type Milestone = {
    id: string; project: string; number: number; title: Text; description?: Text; responsible?: string; due_on: string; weight: number; amount?: Money; proofs?: string[]; state: string;
    submitted_by_name?: string; decided_by_name?: string; submitted_at?: string; decided_at?: string; reason?: string; sample?: boolean; version: number;
};
export type MilestoneMay = { actions?: string[]; change: boolean; add_evidence: boolean };
export type MilestoneEvidence = { id: string; kind: string; note: Text; file?: string; name?: string; bytes: number; organisation: string; person_name: string; at: string };
export type Worth = { net_present_value: Money; internal_rate?: number; internal_rates?: number[]; payback_years?: number; discounted_payback_years?: number };
export type Flow = { year: number; capital: Money; operating: Money; revenue: Money; residual: Money; tax: Money; net: Money; cumulative: Money; tonnes: number };
export type Report = {
    before_tax: Worth; after_tax: Worth; equivalent_annual: Money; levelised_cost?: number; levelised_per?: string; tonnes_avoided: number; cost_per_tonne?: Money; sensitivity: number;
    sensitivities?: { driver: string; npv_low: Money; npv_high: Money; break_even?: number }[]; flows?: Flow[];
};
export type Plan = Record<string, unknown> & { currency?: string; discount_rate?: number; tax_rate?: number };
export type Appraisal = { id: string; project: string; title: Text; plan: Plan; report: Report; organisation: string; person_name: string; at: string; sample?: boolean };
export type ProjectPlace = { id: string; title: Text; place?: Text; field: string; stage: string; progress: string; country: string; latitude: number; longitude: number; sample?: boolean };
export type ProjectMap = { items: ProjectPlace[]; without_place: number };
