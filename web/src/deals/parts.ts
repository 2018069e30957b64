// Small readings that the pages of deals share.
import { choice, has_word, label, t } from '@/app/language';
import type { Bars, Intervals } from '@/charts/chart';
import type { Funnel, ValuationView } from './types';

export const deal_way = ['contact', 'disclosure', 'negotiation', 'agreed', 'signed', 'in_force', 'completed'];
export const interest_way = ['sent', 'with_adviser', 'forwarded', 'accepted'];
export const contract_way = ['drafted', 'under_review', 'agreed', 'signed', 'in_force', 'completed'];
export const etag = (record: { version?: number }) => `"${record.version}"`;

/** A place of a clause, as people call it. */
export const place_name = (place: string) => has_word(`choice.clause_place.${place}`) ? choice('clause_place', place) : label('contract', place);

/** Each stage a bar of all that reached it: gone on, there now, lost there. */
export function funnel_chart(funnel: Funnel): Bars {
    const stages = funnel.stages ?? [];
    return {
        kind: 'bars', horizontal: true, stacked: true, label_title: label('funnel_stage', 'stage'), labels: stages.map(one => choice('deal_stage', one.stage)),
        series: [
            { name: t('deals.went_on'), values: stages.map(one => one.reached - one.now - one.lost), colour: 1 }, { name: t('deals.are_there'), values: stages.map(one => one.now), colour: 3 },
            { name: t('deals.lost_there'), values: stages.map(one => one.lost), colour: 6 },
        ],
    };
}

/** The football field: a bar for each approach, by corners and by draws. */
export function football_field(report: ValuationView['report']): Intervals {
    const millions = (money: { amount: string }) => Math.round(Number(money.amount) / 1e4) / 100;
    return {
        kind: 'intervals', value_title: t('valuation.approach'),
        rows: (report.approaches ?? []).flatMap(one => [
            { name: choice('valuation_approach', one.approach), low: millions(one.low), middle: millions(one.base), high: millions(one.high) },
            { name: t('valuation.by_draws', { approach: choice('valuation_approach', one.approach) }), low: millions(one.p10), middle: millions(one.p50), high: millions(one.p90) },
        ]),
    };
}
