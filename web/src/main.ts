// Greenbank's page: words and session first, then the shell.
import { createApp } from 'vue';
import 'element-plus/es/components/base/style/css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import '@/app/base.css';
import App from '@/app/App.vue';
import { first_language, i18n, set_language } from '@/app/language';
import { router } from '@/app/router';
import { load_session } from '@/app/session';
import '@/app/theme';

const words = set_language(first_language(), false);
const session = load_session().catch(() => { /* the shell says that the server cannot be reached */ });
await Promise.all([words, session]);
createApp(App).use(i18n).use(router).mount('#app');
