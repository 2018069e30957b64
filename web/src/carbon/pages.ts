// Carbon: factors, footprints of products, labels.
import type { Room } from '@/app/room';
import { product_entries, product_pages, product_records } from './products';

export default {
    order: 55,
    entries: [{ to: '/carbon/labels', title_key: 'page.carbon', icon: 'carbon', key: 'c', children: product_entries }],
    records: product_records,
    pages: product_pages,
} satisfies Room;
