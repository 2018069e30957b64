// What the room's pages read of the API's answers.
import type { Money, Text } from '@/app/types';

export type Event = {
    id: string; title: Text; summary?: Text; kind: string; organiser: string; country: string; city?: Text; venue?: Text; first_day: string; last_day: string;
    time_zone: string; state: string; capacity?: number; approval_needed: boolean; self_registration: boolean; sample?: boolean; updated_at: string;
};
export type FigureCheck = { measure: string; comparison: string; published_count?: number; entered_count?: number; published_amount?: Money; entered_amount?: Money; holds: boolean; split: boolean; source: string };
export type Overview = {
    event: string; own: boolean; actions: string[]; parts: { kind: string; count: number }[]; sub_events: number; sessions: number; speakers: number; countries: number; halls: number;
    release_spaces: number; pavilions: number; booths: number; roadshows: number; roadshow_projects: number; signings: number; agreements: number;
    roadshow_amounts: Money[]; signed_amounts: Money[]; meeting_rounds: number; places_left?: number; figures: FigureCheck[];
};
export type SubEvent = { id: string; event: string; kind: string; title: Text; summary?: Text; hall?: string; starts_at?: string; ends_at?: string };
export type Hall = { id: string; event: string; name: Text; kind: string; seats?: number; width?: number; depth?: number };
export type Speaker = { id: string; name: Text; position?: Text; organisation_name?: Text; country?: string };
export type Talk = { speaker: string; title?: Text; abstract?: Text; minutes?: number };
export type ProgrammeItem = { id: string; sub_event: string; title: Text; summary?: Text; hall: string; starts_at: string; ends_at: string; chair?: string; talks: Talk[] };
export type Pavilion = { id: string; hall: string; name: Text; country: string; about?: Text };
export type Booth = { id: string; hall: string; pavilion?: string; number: string; left: number; top: number; width: number; depth: number; exhibitor_name?: Text; exhibitor?: string; technologies: string[] };
export type RoadshowSlot = { id: string; sub_event: string; number: number; title: Text; presenter?: Text; organisation_name?: Text; technology?: string; project?: string; minutes?: number; amount?: Money; standing: string; source?: string };
export type Registration = { id: string; event: string; name: string; email: string; position?: string; organisation_name: string; country: string; category: string; state: string; code: string; checked_in_at?: string; sample?: boolean };
export type Attendance = { applied: number; waiting: number; approved: number; checked_in: number; capacity?: number; places_left?: number; categories: { category: string; applied: number; waiting: number; approved: number; checked_in: number }[] };
export type CheckIn = { registration: Registration; first: boolean; attendance: Attendance };
export type Signing = { id: string; event: string; kind: string; title: Text; parties: { name: Text; country?: string }[]; amount?: Money; standing: string; contract?: string; project?: string; country: string; state: string; signed_at?: string; planned: { stage: string; due_on: string; amount: Money }[]; sample?: boolean };
export type Board = {
    event: string; title: Text; city?: Text; state: string; sample: boolean; at: string; signed_count: number; planned_count: number; checked_in: number; amounts: Money[];
    kinds: { kind: string; count: number; amounts: Money[] }[]; countries: { country: string; count: number; amounts: Money[] }[]; latest: Signing[]; next: Signing[];
};
export type Totals = { signings: number; signed_amount: Money; contracted: Money; invested: Money; running: Money };
export type PromiseReport = {
    currency: string; day: string; totals: Totals; sample: boolean; without_amount: number; in_other_currencies: number;
    years: { year: number; signed_amount: Money; contracted: Money; invested: Money; running: Money }[]; events: { event: string; title: Text; first_day: string; totals: Totals }[];
    lines: { signing: string; event: string; title: Text; kind: string; standing: string; signed_on: string; totals: Totals; last_on?: string }[];
    overdue: { signing: string; event: string; title: Text; stage: string; due_on: string; promised: Money; reached: Money; missing: Money; days: number }[];
};
export type PromiseStep = { id: string; stage: string; amount: Money; happened_on: string; evidence: string; source: string; standing: string };
export type Round = { id: string; event: string; title: Text; tables: number; slot_minutes: number; announced?: string; day_parts: { name: string; starts_at: string; ends_at: string }[]; sample?: boolean };
export type Attendee = { id: string; round: string; name: Text; organisation?: string; country: string; offers?: Text; looks_for?: Text; withdrawn: boolean };
export type Wish = { id: string; asking: string; asked: string; value_asking: number; value_asked?: number; remark?: string; answer: string; after: string[] };
export type Plan = {
    id: string; event: string; round: string; number: number; kind: string; status: string; requested: number; placed: number; value: number; value_bound: number; breaks: number; breaks_bound: number;
    break_spread: number; fair: boolean; changes?: number; changes_bound?: number; from_slot?: number; first_come_placed: number; first_come_value: number; announced_at?: string; created_at: string; sample?: boolean;
};
export type SlotTime = { number: number; starts_at: string; ends_at: string; day_part: string };
export type PlanView = {
    meeting_plan: Plan; whole: boolean; round_title: Text; tables: number; slots: SlotTime[];
    meetings: { wish: string; slot: number; table: number; value: number; asking: string; asked: string; asking_name: Text; asked_name: Text; mutual: boolean }[];
    unplaced: { wish: string; asking_name: Text; asked_name: Text; value: number; sentence: string }[]; moves: { wish: string; asking_name: Text; asked_name: Text; slot_before: number; slot?: number }[];
};
export type Agenda = {
    plan: string; number: number; event: string; event_title: Text; venue?: Text; time_zone: string; attendee: string; name: Text; breaks: number;
    meetings: { slot: number; table: number; starts_at: string; ends_at: string; with: string; with_name: Text; country: string; offers?: Text; looks_for?: Text; remark?: string; wish: string }[];
};
