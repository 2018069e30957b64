// Carbon: factors, footprints of products, labels; inventories of organisations, reductions from monitoring to what may be issued.
import type { Room } from '@/app/room';
import { exchange_entries, exchange_pages, exchange_records } from './exchange/pages';
import { measured_entries, measured_pages, measured_records } from './measured';
import { product_entries, product_pages, product_records } from './products';

export default {
    order: 55,
    entries: [{ to: '/carbon/labels', title_key: 'page.carbon', icon: 'leaf', key: 'c', children: [...product_entries, ...measured_entries, ...exchange_entries] }],
    records: { ...product_records, ...measured_records, ...exchange_records },
    pages: [...product_pages, ...measured_pages, ...exchange_pages],
} satisfies Room;
