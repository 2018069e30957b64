// What the server sends of products, footprints and labels; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Text } from '@/app/types';

export type Part = { name: string; amount: number };
export type Drawn = { samples: number; seed: number; mean: number; deviation: number; median: number; low: number; high: number; krylov: number; refactored: number; failed: number };
export type FactorUsed = { factor: string; kind: string; subject: string; gas: string; area: string; edition: string; value: number; per: string; status: string; source: string; area_widened: boolean; carried_forward: boolean; received?: string; name?: string; quality?: number; primary_percent?: number };
export type Comparison = { first: number; second: number; amount: number; unit: string; common?: string[]; samples: number; first_lower: number; difference_low: number; difference_median: number; difference_high: number; histogram?: number[] };
export type Footprint = {
    id: string; system: string; system_version: number; owner: string; title: Text; scenario: string; amount: number; unit: string; gwp: string; total: number; fossil: number; biogenic: number; land_use: number;
    by_stage: Part[]; by_process: Part[]; by_flow: Part[]; suppliers: Part[]; scenarios: Part[]; variance: Part[]; points: { name: string; stage?: string; direct: number; total: number }[]; flows: { from: string; to: string; amount: number }[];
    drawn?: Drawn; histogram: number[]; decisions: string[]; missing: string[]; cut_off_single: number; cut_off_sum: number; cut_off_kept: boolean; quality?: number; primary_share: number; factors: FactorUsed[]; digest: string; person_name: string; at: string; sample?: boolean;
};
export type Changes = { total: number; total_now: number; difference: number; difference_percent?: number; repeated: boolean; factors: { used: FactorUsed; now: FactorUsed }[] };
export type Check = { left_out: Part[]; processes: number; exchanges: number; links: number; ambiguous: number; missing: string[]; without_allocation: string[]; cut_off_single: number; cut_off_sum: number; cut_off_kept: boolean; solvable: boolean };
export type System = { id: string; owner: string; title: Text; amount: number; unit: string; processes: { name: string }[]; scenarios: { name: string }[]; sample?: boolean; version: number };
export type Label = { id: string; number?: string; owner: string; system: string; footprint: string; title: Text; product_class: string; amount: number; unit: string; boundary: string; value: number; low?: number; high?: number; by_stage: Part[]; gwp: string; quality?: number; primary_share: number; cut_off_kept: boolean; class_value?: number; grade?: string; class_status?: string; state: string; issued_on?: string; valid_until?: string; statement?: string; proof?: string; replaces?: string; reason?: string; sample?: boolean; version: number };
export type LabelView = { carbon_label: Label; owner_name: Text; reviewer_name: Text; verifier_name: Text; class_title: Text; valid: boolean; actions: string[]; steps: { id: string; action: string; before?: string; after: string; person_name?: string; organisation?: string; at: string; comment?: string }[]; editions: string[] };

export type Agreement = [None<Extra<Footprint, 'footprint'>>, None<Extra<Comparison, 'footprint_comparison'>>, None<Extra<Changes, 'footprint_changes'>>, None<Extra<Check, 'product_system_check'>>, None<Extra<System, 'product_system'>>, None<Extra<Label, 'carbon_label'>>, None<Extra<LabelView, 'carbon_label_view'>>];
