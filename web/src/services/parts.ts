// Small readings and the actions that the pages of the room share.
import { call } from '@/app/api';
import { money } from '@/app/format';
import { choice, language, t } from '@/app/language';
import { api_of, edit_place } from '@/app/places';
import { rights } from '@/app/rights';
import { router } from '@/app/router';
import { may, session } from '@/app/session';
import type { Money } from '@/app/types';
import type { Action } from '@/patterns/ActionBar.vue';

export const request_way = ['submitted', 'eligible', 'ranked', 'plan_proposed', 'plan_agreed', 'running', 'delivered', 'closed'];
export const incubation_way = ['selection', 'pre_incubation', 'incubation', 'acceleration', 'graduated'];
export const cooperation_way = ['prepared', 'signed', 'running', 'ended'];

export const price_of = (one: { free?: boolean; price?: Money; price_per?: string }) => one.free || !one.price ? t('services.free') : t('services.price_for', { price: money(one.price), unit: choice('price_unit', one.price_per) });
export const status_colour = (status: string | undefined) => status === 'official' ? 'good' : status === 'unconfirmed' ? 'warn' : 'sample';
export const answer_colour = (answer: string) => ({ accepted: 'good', partly: 'warn', not_accepted: 'bad' } as Record<string, string>)[answer] ?? 'info';
/** A text that somebody writes stands in the language they read the page in. */
export const in_language = (text: string | undefined) => text?.trim() ? { [language.value]: text.trim() } : {};
export const etag = (record: { version: number }) => `"${record.version}"`;
export const acts_for = (organisation: string | undefined) => may(rights.run_desk) || Boolean(organisation && session.now.organisation?.id === organisation);

/** Publish, edit, withdraw, delete: of what has an owner, and of what the desk keeps. */
export function kept_actions<T extends { id: string; state: string; version: number }>(record: string, value: T, allowed: boolean, list: string): Action<T>[] {
    const path = `${api_of(record)}/${encodeURIComponent(value.id)}`, publishes = may(rights.run_desk) || may(rights.publish_services);
    if (!allowed) return [];
    return [
        { key: 'publish', title: t('action.publish'), primary: true, shown: value.state !== 'published' && publishes, done: t('record.published'), run: () => call('POST', `${path}/publish`, { body: {} }) },
        { key: 'edit', title: t('action.edit'), icon: 'edit', to: edit_place(record, value.id) },
        { key: 'withdraw', title: t('action.withdraw'), shown: value.state === 'published' && publishes, sure: t('record.withdraw_sure'), done: t('record.withdrawn'), run: () => call('POST', `${path}/withdraw`, { body: {} }) },
        { key: 'delete', title: t('action.delete'), shown: value.state !== 'published', sure: t('record.delete_sure'), done: t('record.deleted'), run: () => call('DELETE', path, { etag: etag(value) }), after: () => router.push(list) },
    ];
}
