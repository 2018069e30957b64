// Who is signed in, for whom, and what they may do; and whether the sample bank is loaded.
import { computed, reactive, readonly } from 'vue';
import { get, on_signed_out, patch, post } from './api';
import { language, set_language } from './language';
import { complain } from './toast';
import type { Language, Session } from './types';

const state = reactive<{ now: Session; known: boolean }>({ now: { signed_in: false }, known: false });

export const session = readonly(state);
export const signed_in = computed(() => state.now.signed_in);
export const may = (right: string) => state.now.rights?.includes(right) ?? false;

function take(next: Session) {
    state.now = next;
    state.known = true;
    const wish = next.person?.language;
    if (wish && wish !== language.value && !asked_by_address()) void set_language(wish);
    return next;
}
const asked_by_address = () => new URLSearchParams(location.search).has('lang');

export const load_session = () => get<Session>('/session').then(take);
export const sign_in = (email: string, password: string, code?: string) => post<Session>('/sign-in', { email, password, ...(code ? { code } : {}) }).then(take);
export const accept_session = take;
/** Aborted when the person signs out: what asks by itself must not ask for somebody who has gone. */
let staying = new AbortController();
export const while_signed_in = () => staying.signal;
export async function sign_out() {
    staying.abort();
    await post('/sign-out');
    await load_session();
    staying = new AbortController();
}
export const act_for = (organisation: string) => post<Session>('/session/organisation', { organisation }).then(take);

/** Changes the page's language, and the person's own when somebody is signed in. */
export async function choose_language(code: Language) {
    try { await set_language(code); } catch (problem) { complain(problem); return; }
    if (!state.now.signed_in || !state.now.person) return;
    state.now.person.language = code;
    await patch('/person', { language: code }).catch(() => { /* a convenience; the page already speaks it */ });
}

on_signed_out.call = () => { if (state.now.signed_in) void load_session().catch(() => {}); };
