// Ranges of plans as pages hold them: the newest of a kind, read again while its job runs.
import { onUnmounted, ref, watch, type Ref } from 'vue';
import { get, post } from '@/app/api';
import { useLoad } from '@/app/load';
import type { Job, Page } from '@/app/types';
import type { Exploration } from './types';

export function use_exploration(study: () => string, kind: Ref<string> | (() => string), plan?: () => string) {
    const of = () => typeof kind === 'function' ? kind() : kind.value;
    const { data, reload } = useLoad(async signal => (await get<Page<Exploration>>('/plan-explorations', { study: study(), kind: of(), ...(plan ? { plan: plan() } : {}), sort: '-created_at', limit: 1 }, signal)).items[0], [study, of, ...(plan ? [plan] : [])]);
    const job = ref<Job>();
    let timer = 0;
    watch(data, async now => {
        clearTimeout(timer);
        if (now?.state !== 'queued') { job.value = undefined; return; }
        if (job.value?.id !== now.job) job.value = now.job ? await get<Job>(`/jobs/${encodeURIComponent(now.job)}`).catch(() => undefined) : undefined;
        if (!job.value || job.value.state === 'queued' || job.value.state === 'running') timer = window.setTimeout(() => void reload(), 1500);
    });
    onUnmounted(() => clearTimeout(timer));
    const start = async (values: number[]) => { await post('/plan-explorations', { study: study(), ...(plan ? { plan: plan() } : {}), kind: of(), values }); await reload(); };
    return { data, job, reload, start };
}
