// How the forms of the room are parted, and what a new record begins with.
import { t } from '@/app/language';
import type { AnyRecord } from '@/app/types';
import type { Section } from '@/patterns/RecordForm.vue';

export const begin: Record<string, AnyRecord> = {
    service: { languages: ['zh'], countries: ['CN'], free: true, capacity: 1 }, service_request: { urgency: 'normal', kind: 'consulting' },
    equipment: { opens_hour: 9, closes_hour: 17, slot_hours: 2, utc_offset_minutes: 480 }, incubation: { criteria: [{ stage: 'selection' }, { stage: 'pre_incubation' }, { stage: 'incubation' }, { stage: 'acceleration' }] },
    cooperation: { status: 'sample', stage: 'prepared', partners: [{}], chain: [{ step: 'research' }] }, recognition: { our_country: 'CN', status: 'unconfirmed' }, country_fact: { status: 'unconfirmed' },
    working_group: { members: [{ role: 'chair' }] }, group_meeting: { agenda: [{ minutes: 10 }] },
};

const parts: Record<string, () => [string, string[]][]> = {
    service: () => [['about', ['title', 'kind', 'summary', 'description']], ['where', ['fields', 'languages', 'countries']], ['terms', ['free', 'price', 'price_per', 'duration_days', 'capacity']]],
    service_request: () => [['what_for', ['service', 'kind', 'title', 'description', 'urgency', 'wanted_by']], ['about_what', ['field', 'country', 'technology', 'need', 'project']], ['papers', ['documents']]],
    facility: () => [['about', ['name', 'kind', 'about', 'rules']], ['where', ['country', 'city', 'fields', 'partners']]],
    equipment: () => [['about', ['facility', 'name', 'about', 'place']], ['measures', ['range', 'unit', 'accuracy', 'calibration_due']], ['booking', ['cost_per_hour', 'rules', 'opens_hour', 'closes_hour', 'slot_hours', 'weekends', 'utc_offset_minutes']]],
    incubation: () => [['about', ['facility', 'title', 'about', 'organisation', 'technology', 'mentor', 'planned_until']], ['criteria', ['criteria']]],
    cooperation: () => [['about', ['title', 'summary', 'kind', 'stage', 'fields']], ['who', ['countries', 'partners']], ['agreement', ['agreement', 'since', 'until', 'project']], ['chain', ['chain']], ['source', ['source', 'status']]],
    recognition: () => [['ours', ['subject', 'our_code', 'our_title', 'our_country']], ['theirs', ['their_code', 'their_title', 'their_country']], ['holds', ['kind', 'scope', 'conditions', 'fields', 'valid_from', 'valid_to']], ['source', ['source', 'status']]],
    country_fact: () => [['about', ['country', 'topic', 'title', 'text', 'value', 'unit', 'as_of']], ['source', ['source', 'status']]],
    working_group: () => [['about', ['title', 'purpose', 'cooperation', 'state']], ['who', ['members']]],
    group_meeting: () => [['about', ['working_group', 'title', 'place', 'begins_at']], ['agenda', ['agenda']], ['minutes', ['minutes', 'decisions']]],
    group_task: () => [['about', ['working_group', 'meeting', 'title', 'due']], ['who', ['organisation', 'responsible']]],
};
export const sections = (record: string): Section[] => (parts[record]?.() ?? []).map(([name, fields]) => ({ title: t(`services.part.${name}`), fields }));
