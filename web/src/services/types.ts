// What the server sends of services, requests, equipment and cooperation; agreement at the end.
import type { Extra, None } from '@/app/contract_types';
import type { Money, Text } from '@/app/types';

type Stored = { id: string; sample?: boolean; version: number; updated_at?: string };
export type Service = Stored & { provider: string; kind: string; title: Text; summary: Text; description?: Text; fields?: string[]; languages?: string[]; countries?: string[]; free?: boolean; price?: Money; price_per?: string; duration_days?: number; capacity: number; state: string };
export type Standing = { running: number; places_free: number; done: number; ratings: number; satisfaction?: number; may_change: boolean };
export type ScoreLine = { part: string; points: number; points_max: number };
export type PlanStep = { title: Text; responsible: string; hours: number; due: string; done_on?: string };
export type Finding = { criterion: string; name: Text; question: Text; met?: boolean; grade?: string; suggested?: string; reason: Text; source: string; status: string };
export type Request = Stored & {
    asker: string; service?: string; kind: string; title: Text; description: Text; field: string; country: string; urgency: string; wanted_by?: string; technology?: string; need?: string; project?: string;
    documents?: { title: string; link: string }[]; state: string; submitted_at: string; since: string; rules_edition: string; rank?: number; score_points?: number; score: ScoreLine[]; provider?: string; expert?: string;
    starts_on?: string; plan: PlanStep[]; budget?: Money; result?: Text; satisfaction?: number; satisfaction_text?: Text; eligibility: { criterion: string; met: boolean; reason: Text }[]; priority: { criterion: string; grade: string; reason: Text }[];
};
export type Step = { id: string; action: string; before?: string; after: string; person_name?: string; organisation?: string; at: string; comment?: string };
export type RequestView = { service_request: Request; asker_name: Text; service_title: Text; eligibility: Finding[]; priority: Finding[]; steps: Step[]; next?: string; actions: string[]; may_book: boolean; may_rate: boolean; hours_planned: number; hours_worked: number; steps_late: number };
export type Candidate = { expert: string; name: Text; same_field: boolean; speaks: boolean; hours_a_month: number; hours_planned: number };
export type PlanDraft = { provider?: string; starts_on: string; plan: PlanStep[]; budget: Money; hour_rate: Money; edition: string; candidates: Candidate[] };
export type Work = { id: string; request: string; day: string; hours: number; kind: string; text: Text; person_name?: string; organisation?: string; expert?: string };
export type QueueItem = { id: string; title: Text; asker_name: Text; kind: string; field: string; country: string; region: string; state: string; submitted_at: string; rank: number; score_points: number; score: ScoreLine[]; in_round: boolean; held_by?: string };
export type BalanceCount = { axis: string; value: string; name: Text; running: number; waiting: number; in_round: number };
export type Queue = { edition: string; places: number; share_percent_max: number; to_judge: number; items: QueueItem[]; balance: BalanceCount[] };
export type Rules = { edition: string; source: string; status: string; eligibility: { code: string; name: Text }[]; priority: { code: string; name: Text; points: number }[]; regions: { code: string; name: Text }[] };
export type Overview = {
    services: number; requests: number; open: number; rated: number; hours: number; satisfaction?: number; ratings: number[]; states: { state: string; count: number; days?: number }[];
    kinds: { kind: string; services: number; requests: number; hours: number }[]; countries: { country: string; requests: number; hours: number }[]; waiting: { id: string; title: Text; state: string; part: string; since: string; late: boolean }[]; tasks: { id: string; title: Text; due: string; late: boolean }[];
};
export type Facility = Stored & { operator: string; kind: string; name: Text; about: Text; country: string; city?: Text; state: string };
export type Equipment = Stored & { facility: string; operator: string; name: Text; about?: Text; calibration_due?: string; cost_per_hour?: Money; opens_hour: number; closes_hour: number; slot_hours: number; weekends?: boolean; utc_offset_minutes: number; state: string };
export type Slot = { begins_at: string; ends_at: string; hour: number; state: string; booking?: string; organisation_name?: Text; purpose?: Text };
export type Calendar = { equipment: Equipment; days: { day: string; slots?: Slot[] }[]; next_free?: string; calibration_overdue: boolean };
export type Incubation = Stored & { facility: string; operator: string; title: Text; criteria: { stage: string; what: Text; met?: boolean; evidence?: Text }[]; stage: string; since: string; left_reason?: Text };
export type Link = { step: string; organisation?: string; name?: Text; country: string; planned?: boolean; note?: Text };
export type Matrix = { countries: string[]; rows: { step: string; cells: { country: string; links?: Link[] }[]; gap?: string }[]; gaps?: { step: string; kind: string }[] };
export type Cooperation = Stored & { title: Text; summary: Text; kind: string; countries: string[]; stage: string; state: string; status: string; since?: string; until?: string };
export type Recognition = Stored & { subject: string; our_code?: string; our_title: Text; our_country: string; their_code?: string; their_title: Text; their_country: string; kind: string; scope?: Text; conditions?: Text; source: string; status: string; valid_from?: string; valid_to?: string; state: string };
export type RecognitionReply = { answer: string; status?: string; sentence: string; hits: { recognition: Recognition; answer: string; holds: boolean; decides: boolean }[] };
export type Fact = Stored & { country: string; topic: string; title: Text; text?: Text; value?: number; unit?: string; as_of: string; source: string; status: string; state: string };
export type Counts = { facts: number; cooperations: number; recognitions: number; facilities: number; services: number };
export type CountryView = { country: string; counts: Counts; facts: Fact[]; cooperations: Cooperation[]; recognitions: Recognition[] };
export type Group = Stored & { title: Text; purpose: Text; cooperation?: string; members: { name: Text; organisation?: string; country: string; role: string }[]; state: string };
export type Meeting = Stored & { working_group: string; title: Text; place?: Text; begins_at: string; agenda?: { title: Text; minutes: number; speaker?: string }[]; minutes?: Text; decisions?: { text: Text }[]; state: string };
export type Task = Stored & { working_group: string; meeting?: string; title: Text; organisation?: string; responsible?: Text; due: string; state: string; ended_on?: string; note?: Text };
export type GroupView = { working_group: Group; meetings: Meeting[]; tasks: { task: Task; late: boolean; days_late: number; may_end: boolean }[]; responsible: { name: Text; open: number; late: number }[]; next_meeting?: string; may_write: boolean };

export type Agreement = [
    None<Extra<Service, 'service'>>, None<Extra<Standing, 'service_standing'>>, None<Extra<Request, 'service_request'>>, None<Extra<RequestView, 'service_request_view'>>, None<Extra<Finding, 'finding_view'>>, None<Extra<PlanDraft, 'plan_draft'>>, None<Extra<Candidate, 'plan_candidate'>>,
    None<Extra<Work, 'work_entry'>>, None<Extra<Queue, 'service_queue'>>, None<Extra<QueueItem, 'queue_item'>>, None<Extra<Rules, 'service_rules'>>, None<Extra<Overview, 'services_overview'>>, None<Extra<Facility, 'facility'>>, None<Extra<Equipment, 'equipment'>>, None<Extra<Calendar, 'equipment_calendar'>>,
    None<Extra<Slot, 'calendar_slot'>>, None<Extra<Incubation, 'incubation'>>, None<Extra<Matrix, 'chain_matrix'>>, None<Extra<Cooperation, 'cooperation'>>, None<Extra<Recognition, 'recognition'>>, None<Extra<RecognitionReply, 'recognition_reply'>>, None<Extra<Fact, 'country_fact'>>, None<Extra<CountryView, 'country_view'>>,
    None<Extra<Group, 'working_group'>>, None<Extra<Meeting, 'group_meeting'>>, None<Extra<Task, 'group_task'>>, None<Extra<GroupView, 'working_group_view'>>,
];
