// One-stop services: the catalogue, requests and their desk, shared equipment, cooperation across borders.
import { rights } from '@/app/rights';
import { page, record_pages, type Room } from '@/app/room';

const inside = { signed_in: true }, desk = { signed_in: true, right: rights.run_desk };
const edit = () => import('./EditPage.vue');

export default {
    order: 36,
    entries: [{ to: '/services', title_key: 'page.services', icon: 'services', key: 's', children: [
        { to: '/services', title_key: 'page.services_all' }, { to: '/services/requests', title_key: 'page.service_requests', ...inside }, { to: '/services/desk', title_key: 'page.service_desk', ...desk },
        { to: '/services/overview', title_key: 'page.services_overview', ...inside }, { to: '/services/facilities', title_key: 'page.facilities' }, { to: '/services/equipment', title_key: 'page.equipment' },
        { to: '/services/bookings', title_key: 'page.equipment_bookings', ...inside }, { to: '/services/incubations', title_key: 'page.incubations', ...inside }, { to: '/services/cooperations', title_key: 'page.cooperations' },
        { to: '/services/recognitions', title_key: 'page.recognitions' }, { to: '/services/countries', title_key: 'page.cooperation_countries' }, { to: '/services/groups', title_key: 'page.working_groups', ...inside },
    ] }],
    records: {
        service: { prefix: 'service', page: '/services/offers', api: '/services' }, service_request: { prefix: 'request', page: '/services/requests', api: '/service-requests' },
        facility: { prefix: 'facility', page: '/services/facilities', api: '/facilities' }, equipment: { prefix: 'equipment', page: '/services/equipment', api: '/equipment' },
        equipment_booking: { prefix: 'booking', page: '/services/bookings', api: '/equipment-bookings' }, incubation: { prefix: 'incubation', page: '/services/incubations', api: '/incubations' },
        cooperation: { prefix: 'cooperation', page: '/services/cooperations', api: '/cooperations' }, recognition: { prefix: 'recognition', page: '/services/recognitions', api: '/recognitions' },
        country_fact: { prefix: 'countryfact', page: '/services/facts', api: '/country-facts' }, working_group: { prefix: 'workgroup', page: '/services/groups', api: '/working-groups' },
        group_meeting: { prefix: 'groupmeeting', page: '/services/meetings', api: '/group-meetings' }, group_task: { prefix: 'grouptask', page: '/services/tasks', api: '/group-tasks' },
    },
    pages: [
        page('/services', 'page.services', () => import('./catalogue/ServicesPage.vue')),
        ...record_pages('service', '/services/offers', () => import('./catalogue/ServicePage.vue'), edit),
        page('/services/requests', 'page.service_requests', () => import('./requests/RequestsPage.vue'), inside),
        page('/services/desk', 'page.service_desk', () => import('./requests/DeskPage.vue'), desk),
        page('/services/overview', 'page.services_overview', () => import('./requests/OverviewPage.vue'), inside),
        ...record_pages('service_request', '/services/requests', () => import('./requests/RequestPage.vue'), edit, inside),
        page('/services/facilities', 'page.facilities', () => import('./equipment/FacilitiesPage.vue')),
        ...record_pages('facility', '/services/facilities', () => import('./equipment/FacilityPage.vue'), edit),
        page('/services/equipment', 'page.equipment', () => import('./equipment/EquipmentListPage.vue')),
        ...record_pages('equipment', '/services/equipment', () => import('./equipment/EquipmentPage.vue'), edit),
        page('/services/bookings', 'page.equipment_bookings', () => import('./equipment/BookingsPage.vue'), inside),
        page('/services/bookings/:id', 'record.equipment_booking', () => import('./equipment/BookingPage.vue'), inside),
        page('/services/incubations', 'page.incubations', () => import('./equipment/IncubationsPage.vue'), inside),
        ...record_pages('incubation', '/services/incubations', () => import('./equipment/IncubationPage.vue'), edit, inside),
        page('/services/cooperations', 'page.cooperations', () => import('./cooperation/CooperationsPage.vue')),
        ...record_pages('cooperation', '/services/cooperations', () => import('./cooperation/CooperationPage.vue'), edit),
        page('/services/recognitions', 'page.recognitions', () => import('./cooperation/RecognitionsPage.vue')),
        ...record_pages('recognition', '/services/recognitions', () => import('./cooperation/RecognitionPage.vue'), edit),
        page('/services/countries', 'page.cooperation_countries', () => import('./cooperation/CountriesPage.vue')),
        page('/services/countries/:code', 'page.cooperation_country', () => import('./cooperation/CountryPage.vue')),
        ...record_pages('country_fact', '/services/facts', () => import('./cooperation/FactPage.vue'), edit),
        page('/services/groups', 'page.working_groups', () => import('./cooperation/GroupsPage.vue'), inside),
        ...record_pages('working_group', '/services/groups', () => import('./cooperation/GroupPage.vue'), edit, inside),
        ...record_pages('group_meeting', '/services/meetings', () => import('./cooperation/MeetingPage.vue'), edit, inside),
        ...record_pages('group_task', '/services/tasks', () => import('./cooperation/TaskPage.vue'), edit, inside),
    ],
} satisfies Room;
