// The router: pages come from the rooms; a page that needs somebody signed in says so, and the sign-in page brings people back.
import { createRouter, createWebHistory } from 'vue-router';
import { nextTick, watch } from 'vue';
import { language, need_words, t, tag } from './language';
import { routes } from './rooms';
import { complain } from './toast';
import { session, signed_in } from './session';

// Not /api: the server keeps that path to itself.
export const router = createRouter({
    history: createWebHistory(),
    routes: [...routes, { path: '/:rest(.*)*', component: () => import('./NotFoundPage.vue'), meta: { title_key: 'page.not_found' } }],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
});
export const folder_of = (path: string) => router.resolve(path).meta.folder;

router.beforeEach(to => {
    if (to.meta.signed_in && session.known && !signed_in.value) return { path: '/sign-in', query: { back: to.fullPath } };
    if (to.meta.folder) void need_words(to.meta.folder); // beside the page's own chunk
});
router.beforeResolve(async to => { if (to.meta.folder) await need_words(to.meta.folder); });

/** A page may name what it shows ("Sample island: replace diesel"); else its kind is the title. */
export function set_title(title?: string) { document.title = title ? `${title} · ${t('shell.name')}` : t('shell.name'); }
const set_page_title = () => { const key = router.currentRoute.value.meta.title_key; set_title(key && t(key)); };

router.afterEach((to, from) => {
    set_page_title();
    document.documentElement.lang = tag.value;
    if (from.matched.length && to.path !== from.path) void nextTick(() => document.getElementById('main')?.focus({ preventScroll: true }));
});
watch(language, set_page_title);

// After an update of the server old chunks are gone: load the page anew, once.
router.onError((error, to) => {
    if (!/dynamically imported module|Failed to fetch|preload/i.test(String(error))) return;
    if (!navigator.onLine) { complain(t('shell.offline')); return; }
    const again = `greenbank.reload.${to.fullPath}`;
    if (sessionStorage.getItem(again)) return;
    sessionStorage.setItem(again, '1');
    location.assign(to.fullPath);
});
