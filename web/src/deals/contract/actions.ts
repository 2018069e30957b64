// What this side may do with a contract: verbs as the server offers them, each with what it asks for.
import { call } from '@/app/api';
import { choice, t, word } from '@/app/language';
import { rights } from '@/app/rights';
import { may } from '@/app/session';
import type { Action } from '@/patterns/ActionBar.vue';
import { etag } from '../parts';
import type { Contract, ContractView } from '../types';

/** Verbs that need more than a word have a form of their own on the page. */
export const complaint_forms: Record<string, { record: string; path: string; title: () => string }> = {
    give_notice: { record: 'contract_complaint', path: 'notice', title: () => choice('contract_verb', 'give_notice') },
    dispute: { record: 'contract_complaint', path: 'dispute', title: () => choice('contract_verb', 'dispute') },
    settle: { record: 'contract_settlement', path: 'settle', title: () => choice('contract_verb', 'settle') },
    pay_out: { record: 'contract_settlement', path: 'pay-out', title: () => word('operation.contract_pay_out') },
};
const asks = new Set(['change', 'refuse', 'withdraw', 'object', 'resume']), sure = new Set(['sign', 'agree', 'start', 'complete', 'consent', 'expire']);
const quiet = new Set(['change', 'reopen', 'withdraw', 'refuse', 'give_notice', 'dispute', 'expire']);

export function contract_actions(view: ContractView, open: (name: string) => void): Action<Contract>[] {
    const { contract } = view, path = `/contracts/${encodeURIComponent(contract.id ?? '')}`;
    const send = (verb: string, body = {}) => call('POST', `${path}/${verb.replaceAll('_', '-')}`, { body, etag: etag(contract) });
    const waits = (view.orders ?? []).some(order => order.state === 'waiting');
    const can_fund = contract.state === 'signed' && view.pays && may(rights.sign_deals) && Number(view.escrow.funded.amount) < Number(contract.amount.amount);
    const anew = view.of_the_bank && !waits && ['winding_up', 'settling'].includes(contract.state ?? '');
    return [
        { key: 'fund', title: word('operation.escrow_fund'), primary: true, shown: can_fund && !waits, sure: t('contract.fund_sure'), done: t('contract.funding'), run: () => call('POST', `${path}/fund`, { body: {} }) },
        ...(view.actions ?? []).map((verb, index): Action<Contract> => {
            const base = { key: verb, title: choice('contract_verb', verb), primary: index === 0 && !quiet.has(verb), done: t('form.saved') };
            if (complaint_forms[verb]) return { ...base, done: undefined, run: async () => open(verb), after: () => {} };
            if (asks.has(verb)) return { ...base, ask: { label: t('contract.comment') }, run: (_, comment) => send(verb, comment ? { comment } : {}) };
            return { ...base, ...(sure.has(verb) ? { sure: t(`contract.sure_${verb}`) } : {}), run: () => send(verb) };
        }),
        { key: 'pay_out', title: word('operation.contract_pay_out'), shown: anew, run: async () => open('pay_out'), after: () => {} },
        { key: 'edit', title: t('action.edit'), icon: 'edit', shown: contract.state === 'drafted' && (may(rights.write_deals) || view.of_the_bank), to: `/deals/contracts/${contract.id}/edit` },
    ];
}
