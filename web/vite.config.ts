// One page, built into dist/: hashed assets, one module for each set of words and language, charts and forms in chunks of their own.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { layered, no_circles } from './chunks';
import { elementStyles } from './element';
import { records } from './records';
import { words } from './words';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.GREENBANK_SERVER ?? 'http://127.0.0.1:8080';
const proxy = { '/api': server, '/openapi.json': server, '/healthz': server };

export default defineConfig({
    root: here('.'),
    plugins: [vue(), elementStyles(), words(here('.').replace(/\/$/, '')), records(here('.')), no_circles()],
    resolve: { alias: { '@': here('./src') } },
    define: { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false },
    build: {
        target: 'es2022', cssCodeSplit: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 700,
        // Not hoisted: a file asks only for what it takes something from, so the first page does not wait for Element's parts.
        rollupOptions: { output: { manualChunks: layered(), hoistTransitiveImports: false } },
    },
    server: { proxy },
    preview: { proxy },
});
