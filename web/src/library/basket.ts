// Up to four technologies a person wants to see side by side; kept in the browser.
import { ref, watch } from 'vue';

export const basket_size = 4;
const storage = 'greenbank.compare';
const stored = (): string[] => { try { return JSON.parse(localStorage.getItem(storage) ?? '[]'); } catch { return []; } };
export const basket = ref<string[]>(stored());
watch(basket, ids => localStorage.setItem(storage, JSON.stringify(ids)), { deep: true });

export const in_basket = (id: string) => basket.value.includes(id);
export const basket_full = () => basket.value.length >= basket_size;
export const toggle_basket = (id: string) => { basket.value = in_basket(id) ? basket.value.filter(one => one !== id) : [...basket.value, id].slice(0, basket_size); };
