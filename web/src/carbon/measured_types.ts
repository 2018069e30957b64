// What the server sends of inventories and reductions; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Text } from '@/app/types';

type Stored = { id: string; sample?: boolean; version: number; updated_at?: string };
export type FactorUsed = { factor: string; kind: string; subject: string; gas: string; area: string; edition: string; value: number; per: string; status: string; source: string; area_widened: boolean; carried_forward: boolean };
export type Source = { name: string; category: string; amount: number; unit: string; kind: string; subject: string; evidence?: string };
export type Inventory = Stored & { owner: string; title: Text; year: number; consolidation: string; gwp: string; area: string; sources?: Source[]; explained?: { category: string; reason: Text }[]; base_year?: number; state: string; finished_at?: string };
export type InventoryRow = { name: string; category: string; scope: string; amount: number; unit: string; location_kg: number; market_kg: number; factors?: FactorUsed[]; market_factors?: FactorUsed[]; market_value?: number };
export type InventoryReport = {
    year: number; gwp: string; rows?: InventoryRow[]; categories?: { category: string; scope: string; number: number; location_kg: number; market_kg: number }[]; scope_1_kg: number; scope_2_location_kg: number; scope_2_market_kg: number; scope_3_kg: number;
    location_kg: number; market_kg: number; uncertainty_percent: number; sampled_percent: number; low_kg: number; high_kg: number; missing?: string[]; base?: { year: number; base_kg: number; recalculated_kg: number; change_kg: number; percent: number; recalculation_needed: boolean }; status: string;
};
export type InventoryView = { organisation_inventory: Inventory; report?: InventoryReport; fault?: string; may_change: boolean; may_finish: boolean; may_reopen: boolean };
export type InventoryChange = { before_year: number; after_year: number; before_kg: number; after_kg: number; sources?: { name: string; category: string; before_kg: number; after_kg: number; by_activity_kg: number; by_factor_kg: number; begun_kg: number; ended_kg: number; editions_before: string; editions_after: string }[] };

export type Parameter = { code: string; title: Text; unit: string; kind: string; value?: number; uncertainty_percent?: number; bearing?: string; accumulation?: string; interval_minutes?: number; source: string; status: string };
export type Methodology = { code: string; edition: string; title: Text; applies: Text; not_covered?: Text; valid_from: string; valid_until?: string; source: string; status: string; parameters: Parameter[]; equations: { code: string; title: Text; unit: string; formula: string; role?: string }[]; gaps: { bridge_max: number; missing_percent_max: number }; calibration: { lapsed_limits: number; never_limits: number }; deduction: { free_percent: number; whole_percent: number; source: string; status: string } };
export type Calibration = { certificate: string; laboratory?: string; calibrated_on: string; valid_until: string; expanded_percent: number; coverage_factor?: number };
export type Step = { action: string; before: string; after: string; organisation: string; person_name: string; reason?: string; at: string };
export type Reduction = Stored & { project: string; owner: string; title: Text; summary?: Text; methodology: string; methodology_edition: string; assessor?: string; starts_on: string; ends_on: string; stated?: { parameter: string; value: number; uncertainty_percent?: number; source: string }[]; channels?: { parameter: string; channel: string }[]; meters?: { code: string; parameter: string; class_percent: number; calibrations?: Calibration[] }[]; state: string; opinion?: Text; steps: Step[] };
export type ReductionView = { reduction_project: Reduction; actions?: string[]; next?: string; may_change: boolean; may_change_meters: boolean; may_add_period: boolean };
export type Readings = { expected: number; present: number; bridged: number; filled: number; gaps?: { from_time: string; until_time: string; readings: number; bridged: boolean; filled_with: number }[]; stretches?: { from_day: string; until_day: string; state: string; certificate: string; standard_percent: number; shift_percent: number }[]; estimate: number; measured: number; cautious: number };
export type Report = {
    parameters?: { code: string; unit: string; kind: string; value: number; readings: Readings; uncertainty_percent: number; variance_share: number; source: string; status: string }[]; equations?: { code: string; unit: string; role: string; value: number }[];
    baseline_kg: number; project_kg: number; leakage_kg: number; estimate_kg: number; measured_kg: number; calibrated_kg: number; claimed_kg: number; uncertainty_percent: number; deduction_percent: number; missing_too_many?: string[]; status: string;
};
export type Period = Stored & { reduction: string; owner: string; assessor?: string; from_day: string; until_day: string; sources?: { parameter: string; source: string; readings: number; missing: number }[]; report?: Report; state: string; opinion?: Text; correction_kg: number; correction_reason?: string; verified_kg?: number; verified?: string; steps: Step[] };
export type PeriodView = { monitoring_period: Period; report?: Report; fault?: string; actions?: string[]; next?: string; may_change: boolean };
export type Verified = Stored & { project: string; reduction: string; period: string; owner: string; from_day: string; until_day: string; vintage: number; verified_kg: number; measured_kg: number; methodology: string; methodology_edition: string; methodology_status: string; assessor: string; assessor_name: string; state: string; statement_hash: string; proof_code: string; verified_at: string; issued_as?: string };

export type Agreement = [
    None<Extra<FactorUsed, 'factor_used'>>, None<Extra<Source, 'inventory_source'>>, None<Exclude<Extra<Inventory, 'organisation_inventory'>, never>>, None<Extra<InventoryRow, 'inventory_row'>>, None<Extra<InventoryReport, 'inventory_report'>>, None<Extra<InventoryView, 'inventory_view'>>, None<Extra<InventoryChange, 'inventory_change'>>,
    None<Extra<Parameter, 'methodology_parameter'>>, None<Extra<Methodology, 'methodology'>>, None<Extra<Reduction, 'reduction_project'>>, None<Extra<ReductionView, 'reduction_view'>>, None<Extra<Readings, 'monitored_value'>>, None<Extra<Report, 'reduction_report'>>,
    None<Extra<Period, 'monitoring_period'>>, None<Extra<PeriodView, 'monitoring_view'>>, None<Extra<Omit<Verified, 'updated_at'>, 'verified_reduction'>>, None<Extra<Step, 'reduction_step'>>,
];
