// Forums and what happens at them: programme, floor, registration, signings and their board, promises, one-to-one meetings.
import { page, record_pages, type Room } from '@/app/room';

const edit = () => import('./forum/PartEdit.vue'), show = () => import('./forum/PartPage.vue');
const signed_in = { signed_in: true };
const part = (record: string, base: string) => record_pages(record, base, show, edit, { props: (route: { params: { id: string } }) => ({ record, id: route.params.id }) } as never);

export default {
    order: 35,
    entries: [{ to: '/events', title_key: 'page.events', icon: 'events', key: 'v', children: [{ to: '/events', title_key: 'page.events_all' }, { to: '/events/promises', title_key: 'page.promises' }, { to: '/events/registrations', title_key: 'page.my_registrations', ...signed_in }] }],
    records: {
        event: { prefix: 'event', page: '/events', api: '/events' }, hall: { prefix: 'hall', page: '/events/halls', api: '/halls' }, sub_event: { prefix: 'subevent', page: '/events/parts', api: '/sub-events' },
        speaker: { prefix: 'speaker', page: '/events/speakers', api: '/speakers' }, programme_item: { prefix: 'programmeitem', page: '/events/sessions', api: '/programme-items' }, pavilion: { prefix: 'pavilion', page: '/events/pavilions', api: '/pavilions' },
        booth: { prefix: 'booth', page: '/events/booths', api: '/booths' }, roadshow_slot: { prefix: 'pitch', page: '/events/slots', api: '/roadshow-slots' }, registration: { prefix: 'registration', page: '/events/registrations', api: '/registrations' },
        signing: { prefix: 'signing', page: '/events/signings', api: '/signings' }, promise_step: { prefix: 'promise', page: '/events/steps', api: '/promise-steps' }, meeting_round: { prefix: 'meetinground', page: '/events/rounds', api: '/meeting-rounds' },
        meeting_attendee: { prefix: 'attendee', page: '/events/attendees', api: '/meeting-attendees' }, meeting_wish: { prefix: 'wish', page: '/events/wishes', api: '/meeting-wishes' }, meeting_plan: { prefix: 'meetingplan', page: '/events/plans', api: '/meeting-plans' },
    },
    pages: [
        page('/events', 'page.events', () => import('./forum/EventsPage.vue')),
        page('/events/promises', 'page.promises', () => import('./promises/PromisesPage.vue')),
        page('/events/registrations', 'page.my_registrations', () => import('./registration/MyRegistrationsPage.vue'), signed_in),
        page('/events/registrations/:id', 'record.registration', () => import('./registration/RegistrationPage.vue'), signed_in),
        page('/events/signings/:id', 'record.signing', () => import('./signings/SigningPage.vue')),
        page('/events/rounds/:id', 'record.meeting_round', () => import('./meetings/RoundPage.vue')),
        page('/events/plans/:id', 'record.meeting_plan', () => import('./meetings/PlanPage.vue'), signed_in),
        page('/events/plans/:id/agenda/:attendee', 'record.agenda', () => import('./meetings/AgendaPage.vue'), signed_in),
        ...part('sub_event', '/events/parts'), ...part('programme_item', '/events/sessions'), ...part('speaker', '/events/speakers'), ...part('hall', '/events/halls'), ...part('pavilion', '/events/pavilions'),
        ...part('booth', '/events/booths'), ...part('roadshow_slot', '/events/slots'), ...part('signing', '/events/signings').slice(0, 2), ...part('promise_step', '/events/steps'), ...part('meeting_round', '/events/rounds').slice(0, 2),
        ...part('meeting_attendee', '/events/attendees'), ...part('meeting_wish', '/events/wishes'),
        ...record_pages('event', '/events', () => import('./forum/EventPage.vue'), () => import('./forum/EventEdit.vue')),
        page('/events/:id/programme', 'page.programme', () => import('./forum/ProgrammePage.vue')),
        page('/events/:id/floor', 'page.floor', () => import('./forum/FloorPage.vue')),
        page('/events/:id/roadshows', 'page.roadshows', () => import('./forum/RoadshowsPage.vue')),
        page('/events/:id/register', 'page.register', () => import('./registration/RegisterPage.vue')),
        page('/events/:id/people', 'page.event_people', () => import('./registration/PeoplePage.vue'), signed_in),
        page('/events/:id/check-in', 'page.check_in', () => import('./registration/CheckInPage.vue'), signed_in),
        page('/events/:id/signings', 'page.signings', () => import('./signings/SigningsPage.vue')),
        page('/events/:id/board', 'page.board', () => import('./signings/BoardPage.vue'), { big: true }),
        page('/events/:id/promises', 'page.promises', () => import('./promises/PromisesPage.vue')),
        page('/events/:id/meetings', 'page.meetings', () => import('./meetings/MeetingsPage.vue')),
    ],
} satisfies Room;
