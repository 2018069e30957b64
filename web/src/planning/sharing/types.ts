// What the endpoints of sharing across borders send.
import type { Text } from '@/app/types';

export type Zone = { name: string; demand: number[]; offers?: { name: string; capacity: number[]; price: number; carbon: number }[]; latitude?: number; longitude?: number; source?: string; standing: string };
export type Tie = { name: string; from: string; to: string; forward: number; backward: number; emergency_forward?: number; emergency_backward?: number };
export type ZoneExchange = { zone: string; source: string; standing: string; demand: number; generated: number; unserved: number; price: number; carbon_made: number; carbon_used: number; carbon_per_mwh: number; prices: number[]; unserved_by_hour: number[] };
export type TieExchange = { tie: string; from: string; to: string; forward: number; backward: number; flows: number[]; full: boolean };
export type Exchange = { cost: number; zones: ZoneExchange[]; ties?: TieExchange[]; imports?: { zone: string; from: string; energy: number }[] };
export type Safety = { zone: string; margin: number; days_of_cover: number; worst_outage: number; level: string };
export type SharingResult = {
    name: string; hours: number; unserved: number; exchange: Exchange; contracts?: { contract: string; energy: number; amount: number; at_market: number }[];
    adequacy: { tightest_hour: number; zones: Safety[]; outages?: { element: string; kind: string; unserved: number }[] };
    emergency?: { rule: string; unserved: number; exchange: Exchange; shortage: { zone: string; protected_unserved: number; short_share: number }[]; obligations?: { giver: string; taker: string; energy: number; amount: number }[] };
};
export type CrossBorderStudy = { id: string; organisation: string; title: Text; about?: Text; currency: string; starts_at: string; sharing: { name: string; hours: number; zones: Zone[]; ties?: Tie[]; rule: string; compensation_price: number }; state: string; job?: string; result?: SharingResult; sample?: boolean; updated_at: string; version: number };
