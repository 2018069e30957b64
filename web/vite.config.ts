// One page, built into dist/: hashed assets, one words module a language, charts in a chunk of their own.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { elementStyles } from './element';
import { records } from './records';
import { words } from './words';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.GREENBANK_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
    root: here('.'),
    plugins: [vue(), elementStyles(), words(here('.')), records(here('.'))],
    resolve: { alias: { '@': here('./src') } },
    define: { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false, __VUE_I18N_FULL_INSTALL__: false, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
    build: {
        target: 'es2022', cssCodeSplit: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 700,
        rollupOptions: {
            output: {
                experimentalMinChunkSize: 12_000,
                manualChunks(id) {
                    if (/node_modules\/(echarts|zrender)\/|patterns\/echarts\.ts/.test(id)) return 'charts';
                    if (/node_modules\/(vue|@vue|vue-router|vue-i18n|@intlify)\//.test(id)) return 'frame';
                    if (/node_modules\/element-plus\/es\/locale/.test(id) || id.includes('virtual:words')) return;
                    if (/element-plus\/(es\/components|theme-chalk)\/(el-)?(select|option|tag|input|checkbox|message-box|overlay|popover|virtual-list|textarea)/.test(id)) return 'element_forms';
                    if (/node_modules\//.test(id)) return 'element';
                    if (/src\/app\/(?!NotFoundPage\.)|src\/patterns\/(PageHead|EmptyPage|LoadState|StateTags)\./.test(id)) return 'shared';
                    if (/src\/patterns\/(form\.ts|RecordForm|RecordFields|FormField|LocalizedField|ListField|ReferenceField)|src\/library\/(EditPage|forms)/.test(id)) return 'forms';
                    if (/src\/(library|match)\/|src\/patterns\/(RecordList|CursorPages|FigureValue|StateLine|CompareTable)\./.test(id)) return 'library';
                    if (/src\/parties\//.test(id)) return 'parties';
                    if (/src\/api\/|src\/patterns\/JobBar/.test(id)) return 'api';
                },
            },
        },
    },
    server: { proxy: { '/api': server, '/openapi.json': server } },
});
