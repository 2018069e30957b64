// Which modules go into which file of dist/, in layers that only look down, and a check that no file waits for itself.
import type { Plugin } from 'vite';

// A layer is everything its roots import, at once and through others, that no layer above has taken. So layers only look up, never in a circle.
const element = '/node_modules/element-plus/es/components/';
const echarts = '/node_modules/echarts/lib/';
const layers: [name: string, roots: RegExp][] = [
    ['frame', new RegExp(`/node_modules/(vue|vue-router)/|vite/preload-helper|plugin-vue:export-helper|commonjsHelpers|${element}(button|config-provider)/index`)],
    ['greenbank', /\/src\/main\.ts$|\/src\/app\/(App\.vue|router|format|load|references|say|file|theme)|\/src\/patterns\/(PageHead|EmptyPage|LoadState|StateTags|OverviewNumber)\.vue$/],
    ['element', new RegExp(`${element}[a-z-]+/index`)],
    ['patterns', /\/src\/patterns\/(?!Record(Edit|Form|Fields)|FormField|ListField|LocalizedField|ReferenceField)\w+\.(vue|ts)$/],
    ['forms', /\/src\/patterns\/RecordEdit\.vue$/],
    ['echarts', new RegExp(`/src/charts/(echarts|kinds/bars)\\.ts$|${echarts}(core/echarts|chart/bar/install|component/(grid/install|legend/installLegendPlain|tooltip/install)|renderer/installCanvasRenderer)`)],
    ...['line', 'candlestick', 'sankey', 'heatmap', 'custom'].map((one): [string, RegExp] => [`echarts_${one}`, new RegExp(`${echarts}chart/${one}/install`)]),
    ['echarts_radar', new RegExp(`${echarts}(chart|component)/radar/install`)],
    ['echarts_zoom', new RegExp(`${echarts}component/dataZoom/installDataZoomInside`)], ['echarts_scale', new RegExp(`${echarts}component/visualMap/installVisualMapContinuous`)],
];
// Files that only name what others import, and words, which are one file a language.
const passed_over = /virtual:words\/|element-plus\/es\/(locale\/lang\/(?!en\.)|index\.|component\.|components\/index\.)|echarts\/(charts|components|lib\/export\/(charts|components))\./;
type Info = { importedIds: readonly string[]; importers: readonly string[]; dynamicImporters: readonly string[] };
type Graph = { getModuleIds(): IterableIterator<string>; getModuleInfo(id: string): Info | null };

/** For rollup's manualChunks: the file that a module goes into; nothing for what belongs to one page, which rollup splits by itself. */
export function layered() {
    let taken: Map<string, string> | undefined;
    return (id: string, graph: Graph) => {
        if (taken) return taken.get(id);
        const known = taken = new Map<string, string>(), all = [...graph.getModuleIds()].filter(one => !one.includes('?'));
        const take = (name: string, roots: string[]) => {
            const wait = [...roots];
            for (let one = wait.pop(); one; one = wait.pop()) {
                if (known.has(one) || passed_over.test(one)) continue;
                known.set(one, name);
                wait.push(...graph.getModuleInfo(one)?.importedIds ?? []);
            }
        };
        for (const [name, roots] of layers) take(name, all.filter(one => roots.test(one)));
        // What several pages of a room share is one file a room.
        const folder_of = (one: string) => /\/src\/(\w+)\/[^/]+$/.exec(one)?.[1];
        for (const folder of [...new Set(all.map(folder_of))].sort()) if (folder) take(folder, all.filter(one => folder_of(one) === folder && !known.has(one) && graph.getModuleInfo(one)!.importers.length > 1 && !graph.getModuleInfo(one)!.dynamicImporters.length));
        return known.get(id);
    };
}

type Chunk = { fileName: string; imports: string[]; code: string };
/** Static imports in a circle, with an await at the top of one of them, never finish loading: refuse both. */
export function no_circles(): Plugin {
    return {
        name: 'greenbank-no-circles',
        generateBundle(_, bundle) {
            const chunks = new Map(Object.values(bundle).filter(one => one.type === 'chunk').map(one => [one.fileName, one as unknown as Chunk]));
            const done = new Set<string>(), path: string[] = [];
            const visit = (name: string) => {
                const at = path.indexOf(name);
                if (at >= 0) this.error(`files that import each other in a circle: ${[...path.slice(at), name].join(' → ')}; see chunks.ts`);
                if (done.has(name)) return;
                path.push(name);
                for (const next of chunks.get(name)?.imports ?? []) visit(next);
                path.pop();
                done.add(name);
            };
            for (const name of chunks.keys()) visit(name);
        },
        transform(code, id) {
            if (!/\/src\/.*\.(ts|vue)$/.test(id)) return;
            const at = code.split('\n').findIndex(line => /^(?:const .*=\s*)?await\b/.test(line));
            if (at >= 0 && id.endsWith('.ts')) this.error(`${id}:${at + 1}: no await at the top of a module`);
        },
    };
}
