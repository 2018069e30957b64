// Short messages after an action, and one way to run an action whose failure the user must see.
import { ApiProblem } from './api';

// Without a network the first message cannot come; the shell's line says so instead.
const show = (options: object) => import('./message').then(({ ElMessage }) => { ElMessage({ showClose: true, ...options }); }, () => {});
export const said = (message: string) => void show({ message, type: 'success', duration: 4000 });
export const complain = (problem: unknown) => void show({ message: problem instanceof ApiProblem ? [problem.message, ...problem.problems.map(one => one.detail)].join(' ') : String(problem), type: 'error', duration: 9000 });

export async function attempt<T>(action: () => Promise<T>, done?: string): Promise<T | undefined> {
    try {
        const result = await action();
        if (done) said(done);
        return result;
    } catch (problem) { complain(problem); return undefined; }
}
