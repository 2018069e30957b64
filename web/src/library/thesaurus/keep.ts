// Asks what to call a search, and saves it.
import { ElMessageBox } from 'element-plus';
import { post } from '@/app/api';
import { language, t, word } from '@/app/language';
import { attempt } from '@/app/toast';
import type { Filter } from '../search';
import { to_save } from '../saved';

export async function keep_search(text: string, kind: string, chosen: Record<Filter, string[]>) {
    const asked: unknown = await ElMessageBox.prompt(t('searches.name'), t('searches.save'), { inputValue: (text || word(`record.${kind}`)).slice(0, 200), inputPattern: /\S/, inputErrorMessage: t('searches.name'), confirmButtonText: t('action.save'), cancelButtonText: t('action.cancel') }).catch(() => undefined);
    const name = asked && typeof asked === 'object' && 'value' in asked ? String((asked as { value: unknown }).value).trim() : '';
    if (name) await attempt(() => post('/saved-searches', { ...to_save(text, kind, chosen), name, language: language.value }), t('searches.saved'));
}
