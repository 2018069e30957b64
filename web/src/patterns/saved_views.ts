// Views of a list that a person has named: filters, order and columns. Kept in the browser for each person until the server keeps them.
import { computed, ref, watch } from 'vue';
import { session } from '@/app/session';

export type View = { title: string; query: Record<string, string>; hidden?: string[] };

export function use_views(list: string) {
    const storage = computed(() => `greenbank.views.${session.now.person?.id ?? 'visitor'}.${list}`);
    const read = (): View[] => { try { const found = JSON.parse(localStorage.getItem(storage.value) ?? '[]'); return Array.isArray(found) ? found : []; } catch { return []; } };
    const views = ref<View[]>(read());
    watch(storage, () => { views.value = read(); });
    const write = (next: View[]) => { views.value = next; try { localStorage.setItem(storage.value, JSON.stringify(next)); } catch { /* private mode */ } };
    /** A view of the same name is replaced. */
    const keep = (view: View) => write([...views.value.filter(one => one.title !== view.title), view]);
    const forget = (title: string) => write(views.value.filter(one => one.title !== title));
    return { views, keep, forget };
}
