// The one place that speaks HTTP: language, CSRF and idempotency headers, ETags, and problems as one kind of error.
import { ref } from 'vue';
import type { ApiPath } from './contract_types';
import type { Problem } from './types';

export class ApiProblem extends Error {
    constructor(readonly status: number, readonly code: string, detail: string, readonly problems: Problem[] = []) { super(detail); }
}

type Query = Record<string, string | number | boolean | undefined | null | string[]>;
type Options = { query?: Query; body?: unknown; etag?: string; signal?: AbortSignal; key?: string };

/** Set by the language module; the server answers in this language. */
export const wire_language = ref('en');
/** Requests under way; the shell shows a thin line while there are any. */
export const pending = ref(0);
/** No answer came from the server the last time it was asked. */
export const unreachable = ref(false);
/** Called when the server says that nobody is signed in (any more). */
export const on_signed_out = { call: () => {} };
/** Sentences for failures that have no answer of the server; set by the language module. */
export const local_sentence = { of: (code: string) => code };

export const new_key = () => globalThis.crypto?.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

export function query_text(query: Query = {}) {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
        for (const one of Array.isArray(value) ? value : [value])
            if (one !== undefined && one !== null && one !== '') parameters.append(name, String(one));
    const text = parameters.toString();
    return text ? '?' + text : '';
}

const etags = new WeakMap<object, string>();
/** The ETag a record came with, for If-Match when it is changed. */
export const etag_of = (record: unknown) => (record && typeof record === 'object' ? etags.get(record) : undefined);

async function problem_of(answer: Response): Promise<ApiProblem> {
    const body = await answer.json().catch(() => ({}));
    const code = body.code ?? `http.${answer.status}`;
    const detail = body.detail ?? body.title ?? local_sentence.of(answer.status >= 500 ? 'server' : 'refused');
    return new ApiProblem(answer.status, code, detail, body.problems ?? []);
}

async function send(method: string, path: string, options: Options): Promise<Response> {
    const headers: Record<string, string> = { 'Accept': 'application/json', 'Accept-Language': wire_language.value };
    if (method !== 'GET') headers['X-Greenbank-Request'] = '1';
    if (method === 'POST') headers['Idempotency-Key'] = options.key ?? new_key();
    if (options.etag) headers['If-Match'] = options.etag;
    if (options.body !== undefined) headers['Content-Type'] = 'application/json';
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    return fetch(`/api/v1${path}${query_text(options.query)}`, { method, headers, body, signal: options.signal, credentials: 'same-origin' });
}

export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
    // A POST may be sent again with the same key when the line broke: the server does it exactly once.
    const once_more = { ...options, key: options.key ?? new_key() };
    pending.value++;
    try {
        let answer: Response;
        try { answer = await send(method, path, once_more); }
        catch (error) {
            if ((error as Error).name === 'AbortError') throw error;
            await new Promise(done => setTimeout(done, 400));
            answer = await send(method, path, once_more).catch(problem => { if (problem.name === 'AbortError') throw problem; unreachable.value = true; throw new ApiProblem(0, 'unreachable', local_sentence.of('unreachable')); });
        }
        unreachable.value = false;
        if (!answer.ok) {
            const problem = await problem_of(answer);
            if (answer.status === 401 && path !== '/sign-in') on_signed_out.call();
            throw problem;
        }
        if (answer.status === 204 || answer.headers.get('content-length') === '0') return undefined as T;
        const text = await answer.text();
        const record = text ? JSON.parse(text) : undefined;
        const etag = answer.headers.get('etag');
        if (etag && record && typeof record === 'object') etags.set(record, etag);
        return record as T;
    } finally { pending.value--; }
}

// Paths are those of openapi.json: a wrong one does not compile.
export const get = <T>(path: ApiPath<'get'>, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal });
export const post = <T>(path: ApiPath<'post'>, body: unknown = {}, signal?: AbortSignal) => call<T>('POST', path, { body, signal });
export const patch = <T>(path: ApiPath<'patch'>, body: unknown, etag?: string) => call<T>('PATCH', path, { body, etag });
export const remove = <T = void>(path: ApiPath<'delete'>, etag?: string) => call<T>('DELETE', path, { etag });
