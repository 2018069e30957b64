// What the server sends of sites, devices, channels and points; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Text } from '@/app/types';

type Stored = { id: string; sample?: boolean; version: number; updated_at?: string };
export type Site = Stored & { organisation: string; project?: string; name: Text; about?: Text; kind: string; country: string; place?: Text; latitude?: number; longitude?: number; utc_offset_minutes?: number; keep_points_days?: number; keep_hours_days?: number };
export type Device = Stored & { organisation: string; site?: string; template?: string; name: Text; serial: string; state: string; calibration_valid_to?: string; credential_issued_at?: string };
export type Channel = Stored & { number: number; organisation: string; site: string; device?: string; key: string; name: Text; unit: string; kind?: string; quantity?: string; decimals?: number };
export type Secret = { device: Device; credential?: string; claim_code?: string };
export type Traffic = { batches: number; taken: number; duplicates: number; late: number; bad: number; channel_unknown: number; not_finite: number; too_old: number; clock_ahead: number; heard_at?: string };
export type Newest = { now: string; values: { channel: string; at?: string; value?: number }[] };
export type Steps = { channel: string; at: number[]; count: number[]; mean: number[]; min: number[]; max: number[]; sum: number[]; last: number[] };
export type StepsAnswer = { step_seconds: number; channels: Steps[] };
export type PointSeries = { at: number[]; value: number[]; quality?: string[]; more: boolean };
export type Template = { code: string; name: Text; channels?: { key: string; name: Text; unit: string }[] };

export type Agreement = [
    None<Extra<Site, 'site'>>, None<Extra<Device, 'device'>>, None<Extra<Channel, 'channel'>>, None<Extra<Secret, 'device_secret'>>, None<Extra<Traffic, 'device_traffic'>>,
    None<Extra<Newest, 'newest_values'>>, None<Extra<Steps, 'channel_steps'>>, None<Extra<StepsAnswer, 'steps_answer'>>, None<Extra<PointSeries, 'point_series'>>, None<Extra<Template, 'device_template'>>,
];
