// What the pages of inventories and reductions share: tonnes, states, and files that are sent as they are.
import { ApiProblem, local_sentence, wire_language } from '@/app/api';
import { number, with_unit } from '@/app/format';

export const judgement_way = ['draft', 'submitted', 'judged', 'accepted'];
export const status_colour = (status: string | undefined) => status === 'official' ? 'good' : status === 'unconfirmed' ? 'warn' : 'sample';
export const state_colour = (state: string) => ({ draft: 'warn', submitted: 'info', judged: 'info', accepted: 'good', refused: 'bad', final: 'good', ready: 'good', issued: 'info', withdrawn: 'bad' } as Record<string, string>)[state] ?? 'info';
/** Whole kilograms as tonnes, exactly. */
export const tonnes = (kg: number | undefined | null) => kg === undefined || kg === null ? '' : with_unit(kg / 1000, 'tCO2e', number(kg / 1000, 9));
export const etag = (record: { version: number }) => `"${record.version}"`;

/** Sends a file's bytes; faults of its rows come back as problems. */
export async function send_table<T>(path: string, file: File): Promise<T> {
    const answer = await fetch(`/api/v1${path}`, { method: 'POST', body: file, credentials: 'same-origin', headers: { 'Content-Type': file.type || 'application/octet-stream', 'X-Greenbank-Request': '1', 'Accept-Language': wire_language.value } });
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new ApiProblem(answer.status, body.code ?? 'upload', body.detail ?? local_sentence.of('refused'), body.problems ?? []);
    return body as T;
}
