// Short messages after an action, and one way to run an action whose failure the user must see.
import { ElMessage } from 'element-plus';
import { ApiProblem } from './api';

export const said = (message: string) => ElMessage({ message, type: 'success', showClose: true, duration: 4000 });
export const complain = (problem: unknown) => ElMessage({ message: problem instanceof ApiProblem ? [problem.message, ...problem.problems.map(one => one.detail)].join(' ') : String(problem), type: 'error', showClose: true, duration: 9000 });

export async function attempt<T>(action: () => Promise<T>, done?: string): Promise<T | undefined> {
    try {
        const result = await action();
        if (done) said(done);
        return result;
    } catch (problem) { complain(problem); return undefined; }
}
