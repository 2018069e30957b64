// The library: technologies, needs, capital offers.
import { page, record_pages, type Room } from '@/app/room';

const edit = () => import('./EditPage.vue'), request = () => import('./assessment/RequestPage.vue');
const versions_of = (record: string, base: string) => [page(`${base}/:id/versions`, 'versions.title', () => import('./assessment/VersionsPage.vue'), { props: (route: { params: { id: string } }) => ({ record, id: route.params.id }) })];

export default {
    order: 10,
    entries: [{ to: '/library', title_key: 'page.library', icon: 'library', key: 'l', children: [
        { to: '/library', title_key: 'page.library_all' }, { to: '/library/editions', title_key: 'page.editions' }, { to: '/library/admissions', title_key: 'page.admissions', signed_in: true },
        { to: '/library/verifications', title_key: 'page.verifications' }, { to: '/library/experts', title_key: 'page.experts' }, { to: '/library/panels', title_key: 'page.panels', signed_in: true },
        { to: '/library/mine', title_key: 'page.mine', signed_in: true }, { to: '/library/imports', title_key: 'page.imports', right: 'library.write' },
        { to: '/library/searches', title_key: 'page.searches', signed_in: true }, { to: '/library/thesaurus', title_key: 'page.thesaurus' }, { to: '/library/misses', title_key: 'page.misses', right: 'bank.thesaurus' },
    ] }],
    records: {
        technology: { prefix: 'tech', page: '/library/technologies', api: '/technologies' },
        need: { prefix: 'need', page: '/needs', api: '/needs' },
        capital_offer: { prefix: 'cap', page: '/capital', api: '/capital-offers' },
        edition: { prefix: 'edition', page: '/library/editions', api: '/editions' }, admission: { prefix: 'admission', page: '/library/admissions', api: '/admissions' },
        verification: { prefix: 'verif', page: '/library/verifications', api: '/verifications' }, expert: { prefix: 'expert', page: '/library/experts', api: '/experts' }, concept: { prefix: 'concept', page: '/library/thesaurus', api: '/concepts' }, panel: { prefix: 'panel', page: '/library/panels', api: '/panels' },
    },
    pages: [
        page('/library', 'page.library', () => import('./LibraryPage.vue')),
        page('/library/mine', 'page.mine', () => import('./MinePage.vue'), { signed_in: true }),
        page('/library/imports', 'page.imports', () => import('./ImportsPage.vue'), { right: 'library.write' }),
        page('/library/imports/:id', 'page.import', () => import('./ImportPage.vue'), { right: 'library.write' }),
        page('/library/compare', 'page.compare', () => import('./ComparePage.vue')),
        page('/library/editions', 'page.editions', () => import('./assessment/EditionsPage.vue')),
        ...record_pages('edition', '/library/editions', () => import('./assessment/EditionPage.vue'), () => import('./assessment/EditionEdit.vue')),
        page('/library/admissions', 'page.admissions', () => import('./assessment/AdmissionsPage.vue'), { signed_in: true }),
        page('/library/admissions/new', 'page.admission_declaration', request, { signed_in: true, props: { record: 'admission_declaration', kind: 'admission', api: '/admissions', preset: ['edition', 'technology'], list: '/library/admissions', list_key: 'page.admissions' } }),
        page('/library/admissions/:id', 'record.admission', () => import('./assessment/AdmissionPage.vue')),
        page('/library/verifications', 'page.verifications', () => import('./assessment/VerificationsPage.vue')),
        page('/library/verifications/new', 'page.verification_application', request, { signed_in: true, props: { record: 'verification_application', kind: 'verification', api: '/verifications', preset: ['technology'], begin: { claims: [{}] }, list: '/library/verifications', list_key: 'page.verifications' } }),
        page('/library/verifications/:id', 'record.verification', () => import('./assessment/VerificationPage.vue')),
        page('/library/experts', 'page.experts', () => import('./assessment/ExpertsPage.vue')),
        ...record_pages('expert', '/library/experts', () => import('./assessment/ExpertPage.vue'), () => import('./assessment/ExpertEdit.vue')),
        page('/library/panels', 'page.panels', () => import('./assessment/PanelsPage.vue'), { signed_in: true }),
        page('/library/panels/new', 'page.panel_opening', request, { signed_in: true, props: { record: 'panel_opening', kind: 'panel', api: '/panels', preset: ['admission', 'verification'], begin: { system: 'catalogue_selection', quorum: 3, trim: 0 }, list: '/library/panels', list_key: 'page.panels' } }),
        page('/library/panels/:id', 'record.panel', () => import('./assessment/PanelPage.vue'), { signed_in: true }),
        page('/library/searches', 'page.searches', () => import('./thesaurus/SearchesPage.vue'), { signed_in: true }),
        page('/library/misses', 'page.misses', () => import('./thesaurus/MissesPage.vue'), { right: 'bank.thesaurus' }),
        page('/library/thesaurus', 'page.thesaurus', () => import('./thesaurus/ThesaurusPage.vue')),
        page('/library/thesaurus/import', 'page.thesaurus_import', () => import('./thesaurus/ImportThesaurusPage.vue'), { right: 'bank.thesaurus' }),
        ...versions_of('concept', '/library/thesaurus'),
        ...record_pages('concept', '/library/thesaurus', () => import('./thesaurus/ConceptPage.vue'), () => import('./thesaurus/ConceptEdit.vue')),
        ...versions_of('technology', '/library/technologies'), ...versions_of('need', '/needs'), ...versions_of('capital_offer', '/capital'), ...versions_of('expert', '/library/experts'),
        ...record_pages('technology', '/library/technologies', () => import('./TechnologyPage.vue'), edit),
        ...record_pages('need', '/needs', () => import('./NeedPage.vue'), edit),
        ...record_pages('capital_offer', '/capital', () => import('./CapitalPage.vue'), edit),
    ],
} satisfies Room;
