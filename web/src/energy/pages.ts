// Monitoring: sites, their devices and channels, and what these measure.
import { rights } from '@/app/rights';
import { page, record_pages, type Room } from '@/app/room';

const edit = () => import('./sites/EditPage.vue');
const device = { signed_in: true, right: rights.manage_devices };

export default {
    order: 44,
    entries: [{ to: '/energy/sites', title_key: 'page.energy', icon: 'energy', key: 'y', children: [
        { to: '/energy/sites', title_key: 'page.sites' }, { to: '/energy/devices', title_key: 'page.devices' }, { to: '/energy/explorer', title_key: 'page.explorer' },
    ] }],
    records: {
        site: { prefix: 'site', page: '/energy/sites', api: '/sites' }, device: { prefix: 'device', page: '/energy/devices', api: '/devices' },
        channel: { prefix: 'channel', page: '/energy/channels', api: '/channels' },
    },
    pages: [
        page('/energy/sites', 'page.sites', () => import('./sites/SitesPage.vue')),
        ...record_pages('site', '/energy/sites', () => import('./sites/SitePage.vue'), edit),
        page('/energy/devices', 'page.devices', () => import('./sites/DevicesPage.vue')),
        page('/energy/devices/new', 'page.device_new', () => import('./sites/DeviceNewPage.vue'), device),
        page('/energy/devices/claim', 'page.device_claim', () => import('./sites/DeviceNewPage.vue'), { ...device, props: { claim: true } }),
        ...record_pages('device', '/energy/devices', () => import('./sites/DevicePage.vue'), edit).slice(1),
        ...record_pages('channel', '/energy/channels', () => import('./sites/ChannelPage.vue'), edit),
        page('/energy/explorer', 'page.explorer', () => import('./explorer/ExplorerPage.vue')),
    ],
} satisfies Room;
