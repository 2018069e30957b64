/// <reference types="vite/client" />
declare module '*.vue' { import type { DefineComponent } from 'vue'; const component: DefineComponent<{}, {}, any>; export default component; }
declare module 'virtual:words' {
    type Loader = () => Promise<{ default: Record<string, string>; element?: unknown }>;
    export const loaders: Record<string, Record<'zh' | 'en' | 'ru', Loader>>;
    export const needs: Record<string, string[]>;
    export const owners: Record<string, string>;
}
declare module 'virtual:records' { const table: { records: Record<string, import('./records').RecordDescription>; lists: Record<string, import('./records').ListDescription> }; export default table; }
declare module 'element-plus/es/locale/lang/*' { const locale: unknown; export default locale; }
