// The server's differences as rows one can read: JSON pointers become labels, JSON becomes words.
import { label, languages, t } from '@/app/language';
import { describe, type FieldDescription } from '@/app/records';
import type { Difference } from '@/patterns/differences';
import { written } from '@/patterns/values';
import type { Change } from './types';

const unescaped = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~');
export function difference_rows(record: string, changes: Change[]): Difference[] {
    return changes.map(change => {
        const place: string[] = [];
        let inside = record, field: FieldDescription | undefined;
        for (const token of change.path.split('/').slice(1).map(unescaped)) {
            const language = languages.find(one => one.code === token);
            if (/^\d+$/.test(token) && field?.kind === 'list') {
                place.push(t('difference.item', { number: Number(token) + 1 }));
                field = field.item && { ...field.item, name: field.name };
            } else if (field?.kind === 'localized' && language) {
                place.push(language.name);
                field = { name: token, kind: 'text' };
            } else {
                place.push(label(inside, token));
                field = describe(inside).find(one => one.name === token) ?? { name: token, kind: 'text' };
            }
            if (field?.kind === 'record') inside = field.record ?? inside;
            if (field?.kind === 'list' && field.item?.record) inside = field.item.record;
        }
        const read = (json: string | undefined) => { if (json === undefined) return ''; const value = JSON.parse(json); return written(value, field) || (typeof value === 'string' ? value : value === null ? '' : t('value.empty')); };
        return { place, before: read(change.before), after: read(change.after) };
    });
}
