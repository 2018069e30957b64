// What the server sends of territories, indices and certificates; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Money, Text } from '@/app/types';

type Stored = { id: string; sample?: boolean; version: number; updated_at?: string };
export type Territory = Stored & { owner: string; title: Text; kind: string; summary?: Text; part_of?: string; country: string; area: string; latitude?: number; longitude?: number; square_kilometres?: number; population?: number; visitors?: number; boundary: Text; base_year: number; alliance: boolean; state: string };
export type Summary = { id: string; title: Text; year: number; state: string; emissions_kg?: number; removals_kg?: number; net_kg?: number; low_kg?: number; high_kg?: number; status: string; computed: boolean };
export type TerritoryView = { territory: Territory; owner_name: Text; inventories?: Summary[]; parts?: Territory[]; plan?: ZeroSummary; certificate?: string; certificate_number?: string; may_change: boolean; may_publish: boolean; may_withdraw: boolean };
export type FactorUsed = { factor: string; gas: string; area: string; edition: string; value: number; per: string; status: string; source: string; area_widened: boolean; carried_forward: boolean };
export type Row = { name: string; sector: string; number: string; ipcc: string; scope: string; amount?: number; unit?: string; kg?: number; uncertainty_percent?: number; factors?: FactorUsed[]; stated_kg?: number; stated_source?: string; tier: number; data: string; status: string; heard_percent?: number; longest_gap_hours?: number; confidential: boolean };
export type Cell = { sector: string; scope: string; number: string; kg?: number };
export type Report = { year: number; level: string; rows?: Row[]; cells?: Cell[]; ipcc?: { sector: string; kg: number }[]; scope_1_kg?: number; scope_2_kg?: number; scope_3_kg?: number; basic_kg?: number; basic_plus_kg?: number; territorial_kg?: number; energy_kg?: number; emissions_kg?: number; removals_kg?: number; net_kg?: number; half_width_kg?: number; low_kg?: number; high_kg?: number; at_most_zero?: number; unstated: number; confidential: number; hidden_beside: number; retired_kg: number; per_head_kg?: number; missing?: Cell[]; status: string };
export type Inventory = Stored & { territory: string; owner: string; title: Text; year: number; level: string; gwp: string; lines?: { channel?: string }[]; notes?: { sector: string; scope?: string; key: string; reason?: Text }[]; boundary?: Text; population?: number; output?: Money; energy_tj?: number; retirements?: string[]; source?: string; state: string; finished_at?: string };
export type InventoryView = { territory_inventory: Inventory; territory_title: Text; territory_kind: string; report?: Report; fault?: string; may_change: boolean; may_finish: boolean; may_reopen: boolean };
export type Change = { before_year: number; after_year: number; before_kg?: number; after_kg?: number; energy_before_kg?: number; energy_after_kg?: number; boundary_changed: boolean; withheld: boolean; sectors?: { sector: string; number: string; before_kg: number; after_kg: number }[]; kaya?: { factor: string; kg: number }[]; kaya_fault?: string };
export type Part = { code: string; name: Text; level: number; parent: string; weight: number; share: number };
export type League = { code: string; name: Text; score: number; rank: number; median: number; low: number; high: number; same: number; themes?: { code: string; score: number }[]; territory?: string; latitude?: number; longitude?: number };
export type Result = { rows?: League[]; parts?: Part[]; uncertain?: string[]; samples: number };
export type Index = Stored & { owner: string; title: Text; summary?: Text; year: number; source: string; status: string; imputation: string; normalisation: string; aggregation: string; weight_spread_percent: number; before?: string; state: string };
export type IndexOverTime = { years?: number[]; cities?: { code: string; name: Text; moments?: { year: number; rank: number; score: number }[] }[] };
export type IndexView = { city_index: Index; owner_name: Text; result?: Result; fault?: string; may_change: boolean; may_publish: boolean; may_withdraw: boolean };
export type Gain = { code: string; name: Text; unit: string; now: number; needed?: number; value?: number; needed_value?: number };
export type Gains = { gains?: Gain[]; together?: Gain[] };
export type Sensitivity = { factor: string; first: number; total: number };
export type Criterion = { code: string; title: Text; rule: string; limit: number };
export type Certificate = Stored & { number?: string; territory: string; inventory: string; owner: string; assessor: string; title: Text; year: number; criteria: string; evidence?: { criterion: string; statement: Text; link?: string }[]; zero_plan?: string; plan_to_zero?: CertifiedPlan; emissions_kg: number; removals_kg: number; net_kg: number; low_kg: number; high_kg: number; retired_kg: number; at_most_zero: number; outcomes?: { criterion: string; met: boolean; figure: number }[]; status: string; state: string; issued_on?: string; valid_until?: string; statement?: string; proof?: string; reason?: string };
export type CertificateView = { island_certificate: Certificate; owner_name: Text; assessor_name: Text; criteria?: Criterion[]; criteria_status: string; criteria_source: string; valid: boolean; actions?: string[]; steps?: { id: string; after: string; at: string; person_name?: string; comment?: string }[] };
export type Alliance = { islands?: { territory: Territory; balance?: Summary; source?: string; certificate?: string; number?: string; valid_until?: string; plan?: ZeroSummary }[]; net_kg: number; certified: number };
export type ZeroYear = { year: number; cut_kg: number; planned_kg: number; measured_kg?: number };
export type ZeroStep = { year: number; kg: number; measure: Text; energy_plan?: string };
export type StepEnergy = { year: number; energy_plan: string; title: Text; load: number; renewable_share: number; carbon: number; hours_without_diesel: number; cost: Money; investment: Money; sizes?: { part: string; role: string; unit: string; size: number }[] };
export type CertifiedPlan = { title: Text; base_year: number; base_kg: number; zero_year: number; steps?: ZeroStep[]; years?: ZeroYear[] };
export type ZeroSummary = { id: string; title: Text; zero_year: number; years?: ZeroYear[]; measured_year?: number; behind_kg?: number; energy?: StepEnergy[] };
export type ZeroPlan = Stored & { territory: string; owner: string; title: Text; base_year: number; base_kg: number; zero_year: number; steps?: ZeroStep[]; source: string };
export type ZeroView = { zero_plan: ZeroPlan; territory_title: Text; years?: ZeroYear[]; idle_years?: number[]; zero_reached?: number; measured_year?: number; behind_kg?: number; energy?: StepEnergy[]; may_change: boolean };

export type Agreement = [
    None<Extra<Territory, 'territory'>>, None<Extra<TerritoryView, 'territory_view'>>, None<Extra<Summary, 'balance_summary'>>, None<Extra<Row, 'balance_row'>>, None<Extra<Cell, 'balance_cell'>>, None<Extra<Report, 'balance_report'>>, None<Extra<Inventory, 'territory_inventory'>>, None<Extra<InventoryView, 'territory_inventory_view'>>,
    None<Extra<Change, 'balance_change'>>, None<Extra<Part, 'index_part'>>, None<Extra<League, 'index_row'>>, None<Extra<Result, 'index_result'>>, None<Extra<Index, 'city_index'>>, None<Extra<IndexView, 'city_index_view'>>, None<Extra<Gain, 'index_gain'>>, None<Extra<Gains, 'index_gains'>>, None<Extra<IndexOverTime, 'index_over_time'>>, None<Extra<Sensitivity, 'index_sensitivity'>>,
    None<Extra<Certificate, 'island_certificate'>>, None<Extra<CertificateView, 'island_certificate_view'>>, None<Extra<Criterion, 'island_criterion'>>, None<Extra<Alliance, 'island_alliance'>>, None<Extra<ZeroYear, 'zero_year'>>, None<Extra<ZeroSummary, 'zero_summary'>>, None<Extra<ZeroPlan, 'zero_plan'>>, None<Extra<ZeroView, 'zero_plan_view'>>, None<Extra<StepEnergy, 'step_energy'>>, None<Extra<CertifiedPlan, 'certified_plan'>>,
];
