// What a page fetches: loading, failed or there; fetched anew when what it depends on changes.
import { onUnmounted, shallowRef, watch, type WatchSource } from 'vue';
import { ApiProblem, unreachable } from './api';

export function useLoad<T>(fetch: (signal: AbortSignal) => Promise<T>, sources: WatchSource<unknown>[] = []) {
    const data = shallowRef<T>(), error = shallowRef<ApiProblem>(), loading = shallowRef(true);
    let running: AbortController | undefined;
    async function reload() {
        running?.abort();
        const mine = running = new AbortController();
        loading.value = true;
        try {
            const answer = await fetch(mine.signal);
            if (mine.signal.aborted) return;
            data.value = answer;
            error.value = undefined;
        } catch (problem) {
            if (mine.signal.aborted) return;
            error.value = problem instanceof ApiProblem ? problem : new ApiProblem(0, 'page', String(problem));
        } finally { if (!mine.signal.aborted) loading.value = false; }
    }
    onUnmounted(() => running?.abort());
    watch(sources, reload);
    watch(unreachable, lost => { if (!lost && error.value?.status === 0) void reload(); });
    void reload();
    return { data, error, loading, reload };
}
