// How a rate above a published one is written: "LPR, over 5 years + 0.35 %".
import { with_unit } from '@/app/format';
import { choice } from '@/app/language';

export const above = (one: { benchmark?: string; rate: number }) => one.benchmark ? `${choice('benchmark', one.benchmark)} + ${with_unit(one.rate, '%')}` : with_unit(one.rate, '%');
