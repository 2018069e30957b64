// What a person may do with an entry of the library in its state: publish, edit, withdraw, delete.
import { call, etag_of } from '@/app/api';
import { t } from '@/app/language';
import { api_of, edit_place, place_of } from '@/app/places';
import { rights } from '@/app/rights';
import { router } from '@/app/router';
import { may, session } from '@/app/session';
import type { Action } from '@/patterns/ActionBar.vue';

type Entry = { id: string; state?: string; provenance?: unknown };
export function library_actions<Value extends Entry>(kind: string, value: Value, owner?: string): Action<Value>[] {
    const path = `${api_of(kind)}/${encodeURIComponent(value.id)}`, staff = may(rights.manage_library);
    const own = owner !== undefined && owner === session.now.organisation?.id;
    const interest = { key: 'interest', title: t('library.express_interest'), primary: true, shown: value.state === 'published' && !value.provenance && !own && may(rights.write_deals), to: `/deals/interests/new?entry=${encodeURIComponent(value.id)}` };
    if (!staff && !(may(rights.write_library) && own)) return [interest];
    const published = value.state === 'published', ours = !value.provenance; // a copy changes at its home only
    return [
        { key: 'publish', title: t('action.publish'), primary: true, shown: !published && (staff || may(rights.publish_library)), done: t('record.published'), run: () => call('POST', `${path}/publish`, { body: {} }) },
        { key: 'edit', title: t('action.edit'), icon: 'edit', shown: ours, to: edit_place(kind, value.id) },
        { key: 'withdraw', title: t('action.withdraw'), shown: published, ask: { label: `${t('record.withdraw_sure')} ${t('record.withdraw_reason')}` }, done: t('record.withdrawn'), run: (_, reason) => call('POST', `${path}/withdraw`, { body: reason ? { reason } : {} }) },
        { key: 'versions', title: t('versions.title'), icon: 'history', to: `${place_of(kind, value.id)}/versions` },
        { key: 'delete', title: t('action.delete'), shown: !published && ours, sure: t('record.delete_sure'), done: t('record.deleted'), run: () => call('DELETE', path, { etag: etag_of(value) }), after: () => router.push('/library') },
    ];
}
