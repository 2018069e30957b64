// Organisations that pages have asked for, fetched once each.
import { reactive } from 'vue';
import { get } from '@/app/api';
import type { Organisation } from '@/app/types';

const known = reactive(new Map<string, Organisation>());
const asked = new Set<string>();
export function organisation_of(id: string): Organisation | undefined {
    if (!asked.has(id)) {
        asked.add(id);
        void get<Organisation>(`/organisations/${encodeURIComponent(id)}`).then(one => known.set(id, one)).catch(() => asked.delete(id));
    }
    return known.get(id);
}
