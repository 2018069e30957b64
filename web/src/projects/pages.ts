// Projects: what is built, how far it has come, what it is worth.
import { page, record_pages, type Room } from '@/app/room';

export default {
    order: 30,
    entries: [{ to: '/projects', title_key: 'page.projects', icon: 'projects', key: 'p' }],
    records: { project: { prefix: 'project', page: '/projects', api: '/projects' }, milestone: { prefix: 'milestone', page: '/milestones', api: '/milestones' } },
    pages: [
        page('/projects', 'page.projects', () => import('./ProjectsPage.vue')),
        page('/projects/map', 'page.project_map', () => import('./MapPage.vue')),
        page('/projects/:id/appraisal', 'page.appraisal', () => import('./AppraisalPage.vue')),
        page('/projects/:id/versions', 'versions.title', () => import('@/library/assessment/VersionsPage.vue'), { props: (route: { params: { id: string } }) => ({ record: 'project', id: route.params.id }) }),
        ...record_pages('project', '/projects', () => import('./ProjectPage.vue'), () => import('./ProjectEdit.vue')),
        ...record_pages('milestone', '/milestones', () => import('./MilestonePage.vue'), () => import('./MilestoneEdit.vue')),
    ],
} satisfies Room;
