// Small readings that the pages of assessment share.
import { number, with_unit } from '@/app/format';
import { reference_name } from '@/app/references';
import { tag, t } from '@/app/language';
import type { Claim } from './types';

export const admission_way = ['declared', 'reviewed', 'recommended', 'selected', 'published'];
export const verification_way = ['applied', 'pre_verification', 'verification', 'reporting', 'issued', 'published'];
export const edition_way = ['draft', 'open', 'closed', 'published'];

export const claim_name = (claim: Claim) => reference_name('indicators', claim.indicator);
export const claim_range = (claim: Claim) => with_unit(claim.max, claim.unit, `${number(claim.min)}–${number(claim.max)}`);
export const claim_result = (claim: Claim) => claim.result && with_unit(claim.result.value, claim.unit, `${number(claim.result.value)} ± ${number(claim.result.uncertainty)}`);
/** A quality of data: what is not official must not look it. */
export const status_of = (status: string) => ({ official: t('source.official'), unconfirmed: t('source.unconfirmed'), sample: t('shell.sample') } as Record<string, string>)[status] ?? status;
/** en: English, 英语, английский */
export const language_name = (code: string) => new Intl.DisplayNames([tag.value], { type: 'language' }).of(code) ?? code;
export const etag = (record: { version: number }) => `"${record.version}"`;
