// Small readings that the pages of sites share.
import { number, unit } from '@/app/format';
import { rights } from '@/app/rights';
import { may, session } from '@/app/session';
import type { Channel } from './types';

export const acts_for = (organisation: string | undefined) => may(rights.help_sites) || Boolean(organisation && session.now.organisation?.id === organisation);
export const etag = (record: { version: number }) => `"${record.version}"`;
/** A measured value as its channel shows it. */
export const measured = (channel: Pick<Channel, 'unit' | 'decimals'>, value: number | undefined) => value === undefined ? '—' : `${number(Number(value.toFixed(channel.decimals ?? 2)), 9)} ${unit(channel.unit)}`.trim();
export const explorer = (channels: string[]) => `/energy/explorer?channels=${channels.join(',')}`;
