// Small readings of records that several pages share.
import { quantity, money, unit } from '@/app/format';
import { t } from '@/app/language';
import type { Money, Quantity } from '@/app/types';

export const capacity_range = (low?: Quantity, high?: Quantity) => !low ? high && t('unit.up_to', { value: quantity(high) }) : !high ? t('unit.from', { value: quantity(low) }) : low.unit === high.unit ? `${quantity({ ...low, unit: '1' })}–${quantity(high)}` : `${quantity(low)} – ${quantity(high)}`;
export const money_per = (value?: Money, per?: string) => value ? per ? `${money(value)} / ${unit(per) || t('measure.each')}` : money(value) : '';
