// The lists of the room by section: the menu shows a section once, its first list that is open; the others stand above each list.
import { rights } from '@/app/rights';
import type { Entry } from '@/app/room';

/** `also`: places below none of its lists. */
export type Section = { title_key: string; entries: Entry[]; also?: string[] };
const desk = { signed_in: true, right: rights.run_finance };
const inside = (to: string, title_key: string): Entry => ({ to, title_key, signed_in: true });

export const sections: Section[] = [
    { title_key: 'page.financing_requests', entries: [inside('/finance', 'page.financing_requests')] },
    { title_key: 'page.loans', entries: [inside('/finance/loans', 'page.loans')] },
    { title_key: 'page.watch_list', entries: [inside('/finance/watch', 'page.watch_list'), inside('/finance/late', 'page.late_loans')], also: ['/finance/warnings'] },
    { title_key: 'page.lines_and_leases', entries: [inside('/finance/lines', 'page.revolving_lines'), inside('/finance/leases', 'page.finance_leases'), inside('/finance/guarantees', 'page.guarantees'), inside('/finance/fixings', 'page.benchmark_fixings')], also: ['/finance/guarantee-calls'] },
    { title_key: 'page.funds_and_bonds', entries: [inside('/finance/funds', 'page.green_funds'), inside('/finance/bonds', 'page.green_bonds')] },
    { title_key: 'page.pools_and_insurance', entries: [inside('/finance/pools', 'page.risk_pools'), inside('/finance/claims', 'page.pool_claims'), inside('/finance/covers', 'page.insurance_covers'), inside('/finance/insurance-claims', 'page.insurance_claims')] },
    { title_key: 'page.green_and_nature', entries: [inside('/finance/green', 'page.green_identifications'), inside('/finance/biodiversity', 'page.biodiversity')] },
    { title_key: 'page.credit_and_notices', entries: [inside('/finance/credit', 'page.credit_file'), inside('/finance/notices', 'page.notices'), { to: '/finance/notices/inbox', title_key: 'page.notices_inbox', ...desk }] },
    { title_key: 'page.risk_and_regions', entries: [{ to: '/finance/stress', title_key: 'page.stress_runs', ...desk }, { to: '/finance/hazards', title_key: 'page.hazard_models', ...desk }, { to: '/finance/regional', title_key: 'page.regional_finance', ...desk }] },
];
/** What the menu of a room shows: a section by the name of all it holds, so that the search of pages finds it by any of them. */
export const menu_of = (of: Section[]): Entry[] => of.map(({ title_key, entries, also }) => ({ ...entries[0], title_key, also: [...entries.slice(1).map(entry => entry.to), ...(also ?? [])] }));
