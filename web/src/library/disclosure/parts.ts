// Names of what is shown in stages.
import { number } from '@/app/format';
import { label, t } from '@/app/language';
import { reference_name } from '@/app/references';

export const stages = ['public', 'adviser', 'agreement', 'full'] as const;
export const field_name = (kind: string, field: string, item?: string) => {
    const name = field === 'documents' ? t('disclosure.documents') : label(kind, field);
    return item ? `${name} · ${reference_name('indicators', item)}` : name;
};
/** 1.2 MB, as people read the size of a file. */
export const size_text = (bytes: number) => bytes < 1e3 ? `${bytes} B` : bytes < 1e6 ? `${number(bytes / 1e3, 3)} kB` : `${number(bytes / 1e6, 3)} MB`;
