// The state of the library's search: everything is in the address, so a link is a saved view.
import { computed } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';

export const filters = ['field', 'capital_kind', 'organisation_kind', 'country', 'readiness', 'class', 'peer', 'state'] as const;
export type Filter = typeof filters[number];
export const enum_of = (filter: Filter) => filter === 'field' ? 'technology_field' : filter;
export const page_size = 20;

const list = (value: LocationQuery[string]) => (Array.isArray(value) ? value : [value]).filter((one): one is string => Boolean(one)).flatMap(one => one.split(','));

export function use_search() {
    const route = useRoute(), router = useRouter();
    const query = computed(() => route.query);
    const text = computed(() => String(query.value.text ?? ''));
    const kind = computed(() => String(query.value.kind ?? 'technology'));
    const sort = computed(() => String(query.value.sort ?? ''));
    const offset = computed(() => Math.max(0, Number(query.value.offset ?? 0) || 0));
    const chosen = computed(() => Object.fromEntries(filters.map(name => [name, list(query.value[name])])) as Record<Filter, string[]>);
    const change = (next: Record<string, string | undefined>) => router.push({ query: Object.fromEntries(Object.entries<unknown>({ ...query.value, offset: undefined, ...next }).filter(([, value]) => value)) as Record<string, string> });
    const toggle = (name: Filter, value: string) => {
        const now = chosen.value[name];
        return change({ [name]: (now.includes(value) ? now.filter(one => one !== value) : [...now, value]).join(',') });
    };
    const wire = (more: Record<string, string | number | undefined> = {}) => ({
        text: text.value, kind: kind.value === 'all' ? undefined : kind.value, sort: sort.value || undefined, limit: page_size, offset: offset.value || undefined,
        ...Object.fromEntries(filters.map(name => [name, chosen.value[name].join(',') || undefined])), ...more,
    });
    return { text, kind, sort, offset, chosen, change, toggle, wire, query };
}
