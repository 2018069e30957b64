// What the API answers about watching and steering, as far as pages of their own read it.
import type { Text } from '@/app/types';

export type Alarm = { id: string; rule: string; site: string; device?: string; subject: string; name: Text; subject_name: Text; severity: string; severity_worst: string; state: string; channel: string; value?: number; unit: string; raised_at: string; noticed_at: string; acknowledged_at?: string; shelved_until?: string; cleared_at?: string; acknowledged_by: string; sample: boolean; version: number };
export type AlarmEvent = { id: string; kind: string; state: string; severity: string; at: string; person_name: string; text: string };
export type AlarmView = { alarm: Alarm; advice: Text; events: AlarmEvent[]; moves: string[] };
export type WatchedSite = { id: string; name: Text; kind: string; latitude?: number; longitude?: number; devices: number; channels: number; alarms_open: number; alarms_unacknowledged: number; severity?: string; load_power?: number; renewable_power?: number; newest_at?: string; sample: boolean };
export type Overview = { now: string; sites: WatchedSite[]; alarms: Alarm[]; alarms_open: number; alarms_unacknowledged: number; devices: number; channels: number };
export type LiveValue = { channel: string; key: string; name: Text; unit: string; quantity: string; decimals: number; device?: string; value?: number; at?: string; stale: boolean };
export type Step = { at: string; key: string; measured?: number; planned?: number };
export type Live = { site: { id: string; name: Text; place: Text; sample: boolean; utc_offset_minutes: number }; now: string; values: LiveValue[]; today: Step[]; alarms: Alarm[]; commands_open: number };
export type ReportLine = { channel: string; key: string; name: Text; unit: string; least?: number; mean?: number; greatest?: number; total?: number; total_unit: string; planned?: number; deviation_percent?: number; readings: number; hours_missing: number; decimals: number };
export type Waste = { collected: number; recycled: number; rejected: number; missing: number; missing_percent: number; recycled_percent: number; closed: boolean; unit: string };
export type Report = { site: string; name: Text; period: string; on: string; from: string; to: string; lines: ReportLine[]; steps: Step[]; waste?: Waste; alarms: Alarm[]; alarms_in_all: number; calibrations_expired: string[]; sample: boolean };
export type SetPoint = { id: string; device: string; key: string; name: Text; unit: string; least: number; greatest: number; dangerous: boolean; watchdog_seconds?: number; fallback: number; value?: number; value_at?: string; alive_at?: string; sample: boolean; version: number };
export type Command = { id: string; set_point: string; key: string; unit: string; target: number; value_before?: number; state: string; maker: string; maker_name: string; version: number };

export type Comparison = { channel: string; name: Text; unit: string; decimals: number; period: string; on: string; year_before_on: string; from: string; to: string; steps: { at: string; value?: number; year_before?: number; class_mean?: number }[]; value?: number; year_before?: number; change_percent?: number; class_mean?: number; deviation_percent?: number; class_sites: number };
export type LoadAmounts = { id: string; period: string; on: string; from: string; to: string; unit: string; total: number; parts: { name: Text; amount: number; percent: number; measured: boolean }[]; rest: number; steps: { at: string; amounts: number[] }[] };
