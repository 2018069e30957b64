// What a person may do with an order: agree or refuse as the other pair of eyes, withdraw one's own.
import { call, etag_of } from '@/app/api';
import { t } from '@/app/language';
import { rights } from '@/app/rights';
import { may } from '@/app/session';
import type { Action } from '@/patterns/ActionBar.vue';
import type { Order } from './types';

export function order_actions(value: Order, me?: string): Action<Order>[] {
    const waits = value.state === 'waiting', mine = value.made_by === me, path = `/ledger/orders/${encodeURIComponent(value.id ?? '')}` as const;
    return [
        { key: 'approve', title: t('ledger.approve'), primary: true, shown: waits && !mine && may(rights.approve_orders), sure: t('ledger.approve_sure'), done: t('ledger.approved'), run: () => call('POST', `${path}/approve`, { body: {}, etag: etag_of(value) }) },
        { key: 'refuse', title: t('ledger.refuse'), shown: waits && !mine && may(rights.approve_orders), ask: { label: t('ledger.refuse_reason'), needed: t('ledger.reason_needed') }, done: t('ledger.refused'), run: (_, reason) => call('POST', `${path}/refuse`, { body: { reason } }) },
        { key: 'withdraw', title: t('action.withdraw'), shown: waits && mine, sure: t('ledger.withdraw_sure'), done: t('ledger.withdrawn'), run: () => call('POST', `${path}/withdraw`, { body: {} }) },
    ];
}
