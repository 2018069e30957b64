// What planning's endpoints send.
import type { Money, Text } from '@/app/types';

export type Asset = { investment?: number; life_years?: number; fixed_per_year?: number; size_min?: number; size_max?: number; size?: number; unit_size?: number };
export type Plant = {
    name: string; discount_percent: number; step_hours: number; demands: { name: string; bus: string; column: string; unit: string; unserved_price?: number }[];
    sources?: { name: string; bus: string; kind: string; column?: string; asset: Asset; running_per_mwh: number; carbon_per_mwh: number; energy_share_max?: number }[];
    sales?: { name: string; bus: string; price_per_mwh: number; power_max: number }[]; converters?: { name: string; from: string; to: string; efficiency: number; asset: Asset }[];
    storages?: { name: string; bus: string; charger: Asset; discharger?: Asset; reservoir: Asset; charge_efficiency: number; discharge_efficiency: number }[];
    requirements?: { carbon_max?: number; renewable_share_min?: number; reserve_of_load?: number; reserve_of_variable?: number; autonomy_days?: number };
};
export type Study = { id: string; organisation: string; title: Text; about?: Text; project?: string; monitored?: string; currency: string; plant: Plant; starts_at: string; steps: number; series_source?: string; sample?: boolean; updated_at: string; version: number };
export type Column = { name: string; part: string; role: string; kind: string; unit: string };
export type Shortfall = { requirement: string; part: string; unit: string; amount: number };
export type Result = {
    outcome: string; cost: Money; bound: Money; investment: Money; cost_per_mwh: Money; gap: number; load: number; carbon: number; renewable_share: number; curtailed: number; hours_without_diesel: number; method: string; iterations: number;
    sizes?: { part: string; role: string; unit: string; size: number; investment: Money; capital: Money; fixed: Money }[];
    flows?: { part: string; kind: string; energy: number; carbon: number; running: Money; curtailed?: number }[];
    prices?: { requirement: string; part: string; limit: number; price: Money }[]; columns?: Column[]; survival?: number[]; conflict?: Shortfall[]; relaxation?: Shortfall[];
};
export type EnergyPlan = { id: string; study: string; organisation: string; title: Text; renewable_share_min?: number; carbon_max?: number; autonomy_days?: number; state: string; job?: string; result?: Result; sample?: boolean; created_at: string; updated_at: string; version: number };
export type Hours = { name: string; values: number[] };
export type Estimated = { result: Result; unserved: number; served_share: number };
export type Range = { slack: number; part: string; role: string; unit: string; least: number; cheapest: number; most: number };
export type Exploration = { id: string; study: string; plan?: string; kind: string; values: number[]; state: string; job?: string; points: { value: number; outcome: string; cost: Money; investment: Money; carbon: number; renewable_share: number; sizes?: { part: string; role: string; unit: string; size: number }[] }[]; ranges?: Range[]; version: number };
