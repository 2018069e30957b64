// What the endpoints of sharing across borders send.
import type { Money, Text } from '@/app/types';

export type Zone = { name: string; demand: number[]; offers?: { name: string; capacity: number[]; price: number; carbon: number }[]; latitude?: number; longitude?: number; source?: string; standing: string; period_from?: string; period_to?: string; gaps?: { series: string; first_hour: number; hours: number; filled_by?: string }[] };
export type Tie = { name: string; from: string; to: string; forward: number; backward: number; emergency_forward?: number; emergency_backward?: number };
export type ZoneExchange = { zone: string; source: string; standing: string; gap_hours: number; demand: number; generated: number; unserved: number; price: number; carbon_made: number; carbon_used: number; carbon_per_mwh: number; prices: number[]; unserved_by_hour: number[] };
export type TieExchange = { tie: string; from: string; to: string; forward: number; backward: number; flows: number[]; full: boolean; limits_forward: number[]; limits_backward: number[] };
export type Exchange = { cost: number; zones: ZoneExchange[]; ties?: TieExchange[]; imports?: { zone: string; from: string; energy: number }[] };
export type Safety = { zone: string; margin: number; days_of_cover: number; worst_outage: number; level: string };
export type ContractUse = { contract: string; kind: string; energy: number; amount: number; at_market: number; fell_short: number; months?: { month: string; energy: number; returned: number; owed: number }[] };
export type SharingResult = {
    name: string; hours: number; unserved: number; exchange: Exchange; contracts?: ContractUse[];
    adequacy: { tightest_hour: number; zones: Safety[]; outages?: { element: string; kind: string; unserved: number }[] };
    emergency?: { rule: string; unserved: number; exchange: Exchange; shortage: { zone: string; protected_unserved: number; short_share: number }[]; obligations?: { giver: string; taker: string; energy: number; amount: number }[] };
};
export type CrossBorderStudy = { id: string; organisation: string; title: Text; about?: Text; currency: string; starts_at: string; sharing: { name: string; hours: number; zones: Zone[]; ties?: Tie[]; contracts?: { name: string; returned_in?: string }[]; rule: string; compensation_price: number }; state: string; job?: string; result?: SharingResult; sample?: boolean; updated_at: string; version: number };
export type Member = { id: string; zone: string; organisation: string; organisation_name: Text };
export type Release = { id: string; zone: string; number: number; organisation_name: Text; made_by_name: string; created_at: string };
export type Obligation = { id: string; study: string; study_title: Text; giver_zone: string; taker_zone: string; giver: string; taker: string; energy: number; amount: Money; state: string; giver_accepted_at?: string; taker_accepted_at?: string; transfer?: string; paid_at?: string; version: number };
export const obligation_tone = (state: string) => ({ paid: 'good', accepted: 'info', logged: 'warn', refused: 'bad' } as Record<string, string>)[state] ?? 'info';
