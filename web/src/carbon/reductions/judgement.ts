// The steps of a validation or verification as actions of a page; a judgement opens its form.
import { call } from '@/app/api';
import { choice, t } from '@/app/language';
import type { Action } from '@/patterns/ActionBar.vue';
import { etag } from '../parts';

const reasons = new Set(['give_back', 'reopen', 'refuse']), onward = ['submit', 'judge', 'confirm'];
export function judgement_actions<T extends { version: number }>(names: string[], path: () => string, open: () => void): Action<T>[] {
    return names.map((name): Action<T> => {
        const base = { key: name, title: choice('reduction_action', name), primary: onward.includes(name), done: t('measured.step_done') };
        if (name === 'judge') return { ...base, done: undefined, run: async () => open(), after: () => {} };
        if (name === 'submit' || name === 'take_back') return { ...base, run: value => call('POST', `${path()}/submit`, { body: { take_back: name === 'take_back' }, etag: etag(value) }) };
        return { ...base, ...(reasons.has(name) ? { ask: { label: t('measured.reason'), needed: t('measured.reason_needed') } } : { sure: t('measured.confirm_sure') }), run: (value, reason) => call('POST', `${path()}/judge`, { body: { action: name, ...(reason ? { reason } : {}) }, etag: etag(value) }) };
    });
}
