declare module '*.vue' { import type { DefineComponent } from 'vue'; const component: DefineComponent<{}, {}, any>; export default component; }
declare module 'virtual:words/zh' { const words: Record<string, string>; export default words; }
declare module 'virtual:words/en' { const words: Record<string, string>; export default words; }
declare module 'virtual:words/ru' { const words: Record<string, string>; export default words; }
declare module 'virtual:records' { const table: Record<string, import('./records').RecordDescription>; export default table; }
declare module 'element-plus/es/locale/lang/*' { const locale: unknown; export default locale; }
