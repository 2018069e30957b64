// Monitoring: what happens now, alarms and their rules, orders to plants, computed channels, reports.
import { rights } from '@/app/rights';
import { page, record_pages, type Room } from '@/app/room';

const inside = { signed_in: true }, edit = () => import('./EditPage.vue'), detail = (record: string) => ({ ...inside, props: (route: { params: { id: string } }) => ({ record, id: route.params.id }) });
const kept = (record: string, base: string) => [...record_pages(record, base, () => import('./RecordPage.vue'), edit, inside).slice(0, 2), page(`${base}/:id`, `record.${record}`, () => import('./RecordPage.vue'), detail(record))];

export default {
    order: 44,
    entries: [{ to: '/monitoring', title_key: 'page.monitoring', icon: 'monitoring', key: 'o', signed_in: true, children: [
        { to: '/monitoring', title_key: 'page.monitoring_now', ...inside }, { to: '/alarms', title_key: 'page.alarms', ...inside }, { to: '/alarm-rules', title_key: 'page.alarm_rules', ...inside },
        { to: '/set-points', title_key: 'page.set_points', ...inside }, { to: '/plant-commands', title_key: 'page.plant_commands', ...inside }, { to: '/virtual-channels', title_key: 'page.virtual_channels', ...inside },
        { to: '/hourly-factors', title_key: 'page.hourly_factors', ...inside }, { to: '/load-splits', title_key: 'page.load_splits', ...inside }, { to: '/anomalies', title_key: 'page.anomalies', ...inside }, { to: '/reports/sites', title_key: 'page.site_reports', ...inside },
        { to: '/web-hooks', title_key: 'page.web_hooks', ...inside, right: rights.watch_energy },
    ] }],
    records: {
        alarm_rule: { prefix: 'rule', page: '/alarm-rules', api: '/alarm-rules' }, alarm: { prefix: 'alarm', page: '/alarms', api: '/alarms' }, set_point: { prefix: 'setpoint', page: '/set-points', api: '/set-points' },
        plant_command: { prefix: 'command', page: '/plant-commands', api: '/plant-commands' }, virtual_channel: { prefix: 'virtual', page: '/virtual-channels', api: '/virtual-channels' },
        hourly_factor: { prefix: 'hourlyfactor', page: '/hourly-factors', api: '/hourly-factors' }, web_hook: { prefix: 'webhook', page: '/web-hooks', api: '/web-hooks' },
        load_split: { prefix: 'loadsplit', page: '/load-splits', api: '/load-splits' }, report_schedule: { prefix: 'reportschedule', page: '/report-schedules', api: '/report-schedules' },
    },
    pages: [
        page('/monitoring', 'page.monitoring_now', () => import('./OverviewPage.vue'), inside),
        page('/monitoring/screen', 'page.monitoring_screen', () => import('./ScreenPage.vue'), { ...inside, big: true }),
        page('/monitoring/:id', 'page.site_live', () => import('./LivePage.vue'), inside),
        page('/alarms', 'page.alarms', () => import('./AlarmsPage.vue'), inside),
        page('/alarms/:id', 'record.alarm', () => import('./AlarmPage.vue'), inside),
        page('/alarm-rules', 'page.alarm_rules', () => import('./RulesPage.vue'), inside),
        ...kept('alarm_rule', '/alarm-rules'),
        page('/set-points', 'page.set_points', () => import('./SetPointsPage.vue'), inside),
        ...record_pages('set_point', '/set-points', () => import('./SetPointPage.vue'), edit, inside),
        page('/plant-commands', 'page.plant_commands', () => import('./CommandsPage.vue'), inside),
        page('/plant-commands/:id', 'record.plant_command', () => import('./CommandPage.vue'), inside),
        page('/virtual-channels', 'page.virtual_channels', () => import('./ComputedPage.vue'), inside),
        ...kept('virtual_channel', '/virtual-channels'),
        page('/hourly-factors', 'page.hourly_factors', () => import('./FactorsPage.vue'), inside),
        ...kept('hourly_factor', '/hourly-factors'),
        page('/load-splits', 'page.load_splits', () => import('./SplitsPage.vue'), inside),
        ...record_pages('load_split', '/load-splits', () => import('./SplitPage.vue'), edit, inside),
        page('/anomalies', 'page.anomalies', () => import('./AnomaliesPage.vue'), inside),
        page('/web-hooks', 'page.web_hooks', () => import('./HooksPage.vue'), { ...inside, right: rights.watch_energy }),
        ...kept('web_hook', '/web-hooks'),
        page('/reports/sites', 'page.site_reports', () => import('./ReportsPage.vue'), inside),
        page('/reports/sites/:id', 'record.site_report', () => import('./ReportPage.vue'), inside),
        ...kept('report_schedule', '/report-schedules'),
    ],
} satisfies Room;
