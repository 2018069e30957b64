// Greenbank's page: words and session first, then the shell. No await at the top: chunks that import each other would wait for ever.
import { createApp } from 'vue';
import 'element-plus/es/components/base/style/css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import '@/app/base.css';
import App from '@/app/App.vue';
import { first_language, set_language } from '@/app/language';
import { folder_of, router } from '@/app/router';
import { load_session } from '@/app/session';
import '@/app/theme';

const words = set_language(first_language(), false, folder_of(location.pathname));
const session = load_session().catch(() => { /* the shell says that the server cannot be reached */ });
void Promise.all([words, session]).then(() => createApp(App).use(router).mount('#app'));
