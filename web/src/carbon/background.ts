// What an exchange may come from: processes of the same product, emission factors, suppliers' footprints; and what a name alone already says.
import { get } from '@/app/api';
import { choice, t } from '@/app/language';
import { choices_of } from '@/app/records';
import type { Page } from '@/app/types';

export type ExchangeDraft = { direction?: string; flow?: string; kind?: string; amount?: number; unit?: string; formula?: string; factor?: string; area?: string; received?: string; provider?: string; primary?: boolean; [name: string]: unknown };
export type ProcessDraft = { name?: string; stage?: string; exchanges?: ExchangeDraft[]; [name: string]: unknown };
type Factor = { kind: string; subject: string; per: string };
type Received = { id: string; title: string; unit: string };
export type Background = { processes: string[]; products: Map<string, { process: string; unit?: string }>; factors: Factor[]; kinds: string[]; received: Received[] };

export const gases = ['CO2', 'CH4', 'CH4 biogenic', 'N2O', 'CO2 biogenic', 'CO2 uptake', 'CO2 land use', 'SF6', 'NF3', 'HFC-134a', 'HFC-32', 'HFC-125', 'CF4'];
const declared: Record<string, string> = { kilogram: 'kg', liter: 'L', 'cubic meter': 'm3', 'kilowatt hour': 'kWh', megajoule: 'MJ', 'ton kilometer': 't.km', 'square meter': 'm2', hour: 'h', piece: '1' };

/** Everything of the bank that may stand behind an exchange, fetched once. */
export async function fetch_background(): Promise<Pick<Background, 'factors' | 'kinds' | 'received'>> {
    const [factors, received] = await Promise.all([
        get<Page<Factor>>('/emission-factors', { limit: 500, sort: 'subject' }).then(page => page.items, () => []),
        get<Page<{ id: string; product_name: string; company_name: string; unit: string }>>('/received-footprints', { limit: 500, state: 'active' }).then(page => page.items, () => []),
    ]);
    return { factors: factors.filter(one => one.kind !== 'warming'), kinds: choices_of('system_exchange', 'factor').filter(kind => kind !== 'warming' && kind !== 'supplier'), received: received.map(one => ({ id: one.id, title: `${one.company_name}: ${one.product_name}`, unit: declared[one.unit] ?? one.unit })) };
}
export const own_background = (processes: ProcessDraft[]): Pick<Background, 'processes' | 'products'> => ({
    processes: processes.map(one => one.name).filter((name): name is string => Boolean(name)),
    products: new Map(processes.flatMap(one => (one.exchanges ?? []).filter(exchange => exchange.direction === 'reference' && exchange.flow).map(exchange => [exchange.flow!, { process: one.name ?? '', unit: exchange.unit }]))),
});

export const took_from = (one: ExchangeDraft) => one.received ? `received:${one.received}` : one.factor ? `factor:${one.factor}` : one.provider ? `process:${one.provider}` : one.kind === 'elementary' ? 'nature' : one.kind === 'waste' ? 'waste' : '';
/** The kinds in the order of their list: the average of a grid before its special figures. */
const known = (background: Background, one: ExchangeDraft) => background.factors.filter(factor => factor.subject === one.flow && (!one.factor || factor.kind === one.factor)).sort((a, b) => background.kinds.indexOf(a.kind) - background.kinds.indexOf(b.kind))[0];

/** What a name tells where nothing was chosen yet: a gas goes to nature, a product comes from its process, a factor's subject from that factor. */
export function whence(background: Background, one: ExchangeDraft, process: string): Partial<ExchangeDraft> {
    if (took_from(one) || one.direction === 'reference' || !one.flow) return {};
    if (gases.includes(one.flow)) return { kind: 'elementary', unit: 'kg', direction: one.direction === 'input' && !one.amount ? 'output' : one.direction };
    const product = background.products.get(one.flow);
    if (product && product.process !== process) return { unit: product.unit ?? one.unit };
    const factor = known(background, one);
    return factor ? { factor: factor.kind, unit: factor.per } : {};
}

/** In words what stands behind an exchange; not good where nothing does. */
export function behind(background: Background, one: ExchangeDraft, process: string): { text: string; good: boolean } | undefined {
    if (one.direction === 'reference' || one.kind === 'elementary' || !one.flow) return undefined;
    if (one.received) return { text: t('carbon.behind_supplier'), good: true };
    if (one.factor) {
        const factor = known(background, one);
        return factor ? { text: t('carbon.behind_factor', { kind: choice('factor_kind', factor.kind), flow: factor.subject, unit: factor.per }), good: true } : { text: t('carbon.behind_no_factor', { kind: choice('factor_kind', one.factor), flow: one.flow }), good: false };
    }
    if (one.provider) return background.processes.includes(one.provider) ? { text: t('carbon.behind_process', { process: one.provider }), good: true } : { text: t('carbon.behind_no_process', { process: one.provider }), good: false };
    const product = background.products.get(one.flow);
    if (product && product.process !== process) return { text: t('carbon.behind_process', { process: product.process }), good: true };
    return one.direction === 'output' ? undefined : { text: t('carbon.behind_nothing'), good: false };
}
