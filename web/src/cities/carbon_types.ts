// What the server sends of the four carbons and of dashboards; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Money, Text } from '@/app/types';
import type { Summary, Territory } from './types';

type Stored = { id: string; sample?: boolean; version: number; updated_at?: string };
export type Peak = Stored & { territory: string; owner: string; title: Text; base_year: number; until_year: number; growth_percent: number; growth_end_percent: number; growth_spread_percent: number; source: string; promised_year?: number };
export type PeakView = { peak_scenario: Peak; territory_title: Text; years?: { year: number; kg: number; low_kg: number; median_kg: number; high_kg: number; peak_share: number }[]; sectors?: { code: string; name: Text; kg?: number[] }[]; peak_year: number; peak_kg: number; year_low: number; year_median: number; year_high: number; kg_low: number; kg_high: number; passed: number; kept: number; drivers?: { sector?: string; name: Text; years_earlier: number; kg_lower: number }[]; curve?: { name: Text; technology?: string; cost_per_tonne: Money; kg: number; kg_together: number }[]; may_change: boolean };
export type Standing = { limit_kg: number; observed_kg: number; forecast_kg: number; low_kg: number; high_kg: number; months: number; light: string; score: number; known: boolean };
export type Target = Stored & { territory: string; owner: string; responsible: string; title: Text; year: number; kind: string; limit_kg?: number; limit_per_output?: number; output?: number; output_unit?: string; months?: { month: number; kg: number; evidence: string }[]; last_year_kg?: number[]; appeals?: { text: string; person_name: string; at: string; state: string; answer?: string; answered_by_name?: string; answered_at?: string }[] };
export type Warning = Stored & { target: string; owner: string; responsible: string; title: Text; year: number; months: number; forecast_kg: number; limit_kg: number; state: string; steps?: { kind: string; at: string; months: number; forecast_kg: number; person_name?: string; text?: string }[] };
export type TargetView = { carbon_target: Target; standing: Standing; responsible_name: Text; territory_title: Text; may_change: boolean; may_report: boolean; may_appeal: boolean; may_answer: boolean; warning?: Warning };
type Light = { light: string; intensity_kg: number; reasons?: string[] };
export type Assessment = Stored & { territory: string; owner: string; project?: string; title: Text; output: number; output_unit: string; kg: number; ceiling_kg: number; advanced_kg?: number; best_technology?: string; space_kg?: number; source: string; status: string; conditions?: Text; measured_kg?: number; measured_year?: number; measured_output?: number };
export type AssessmentView = { carbon_assessment: Assessment; territory_title: Text; project_title?: Text; technology_title?: Text; expected: Light; measured?: Light; may_change: boolean };
export type Assets = { organisation: string; organisation_name: Text; assets?: { product: string; name: Text; kind: string; vintage: number; held: number; pledged: number; retired: number; price?: Money; value?: Money; price_day?: string }[]; duties?: { obligation: string; year: number; allocation: number; emissions: number; given: number; owed: number; due_on: string }[]; free_allowances: number; owed: number; balance: number; balance_value?: Money };
export type Dashboard = { territory: Territory; years?: Summary[]; today_kg?: number; day_kg?: number; targets?: { id: string; title: Text; responsible_name: Text; year: number; standing: Standing }[]; projects?: { id: string; title: Text; progress: string; latitude?: number; longitude?: number }[]; signed_count: number; signed_amounts?: Money[]; signings?: { id: string; title: Text; kind: string; amount?: Money; standing: string; signed_at?: string }[]; parts?: Territory[]; since_base_percent_tenths?: number; at: string };

export type Agreement = [
    None<Extra<Peak, 'peak_scenario'>>, None<Extra<PeakView, 'peak_view'>>, None<Extra<Standing, 'target_standing'>>, None<Extra<Target, 'carbon_target'>>, None<Extra<TargetView, 'carbon_target_view'>>, None<Extra<Warning, 'target_warning'>>, None<Extra<Assessment, 'carbon_assessment'>>,
    None<Extra<AssessmentView, 'carbon_assessment_view'>>, None<Extra<Assets, 'carbon_assets'>>, None<Extra<Dashboard, 'territory_dashboard'>>,
];
