// How close the rows of lists stand; one choice for all lists, kept in the browser.
import { ref } from 'vue';

export type Density = 'calm' | 'dense';
const storage = 'greenbank.density';
const stored = () => { try { return localStorage.getItem(storage); } catch { return null; } };
export const density = ref<Density>(stored() === 'dense' ? 'dense' : 'calm');
export function set_density(next: Density) { density.value = next; try { localStorage.setItem(storage, next); } catch { /* private mode */ } }
