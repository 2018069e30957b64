// Element Plus component by component: a file that imports ElButton also gets the style of ElButton, and nothing else.
import type { Plugin } from 'vite';

const dashed = (name: string) => name.replace(/^El/, '').replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();

export function elementStyles(): Plugin {
    return {
        name: 'greenbank-element-styles',
        enforce: 'pre',
        transform(code, id) {
            if (!/\.(vue|ts)$/.test(id) || id.includes('node_modules')) return;
            const found = /import \{([^}]+)\} from 'element-plus'/.exec(code);
            if (!found) return;
            const names = found[1].split(',').map(name => name.trim()).filter(name => /^El[A-Z]/.test(name));
            const styles = names.map(name => `import 'element-plus/es/components/${dashed(name)}/style/css';`).join('');
            return { code: code.replace(found[0], `${found[0]};${styles}`), map: null };
        },
    };
}
