// Carbon: inventories of organisations, reductions from monitoring to what may be issued.
import type { Room } from '@/app/room';
import { measured_entries, measured_pages, measured_records } from './measured';

export default {
    order: 55,
    entries: [{ to: '/carbon/inventories', title_key: 'page.carbon', icon: 'leaf', key: 'c', children: measured_entries }],
    records: measured_records,
    pages: measured_pages,
} satisfies Room;
