// Light, dark, or as the system has it. public/theme.js does the same before the first paint.
import { ref, watchEffect } from 'vue';

export type Theme = 'system' | 'light' | 'dark';
const storage = 'greenbank.theme';
const stored = () => { try { return localStorage.getItem(storage) as Theme | null; } catch { return null; } };

export const theme = ref<Theme>(stored() ?? 'system');
const system = matchMedia('(prefers-color-scheme: dark)');
const system_dark = ref(system.matches);
system.addEventListener('change', event => { system_dark.value = event.matches; });
export const dark = ref(false);

watchEffect(() => {
    dark.value = theme.value === 'dark' || (theme.value === 'system' && system_dark.value);
    document.documentElement.classList.toggle('dark', dark.value);
});

export function set_theme(next: Theme) {
    theme.value = next;
    try { localStorage.setItem(storage, next); } catch { /* private mode */ }
}
