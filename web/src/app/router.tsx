import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { readClientSearch } from '@/features/clients/search';
import { readDealSearch } from '@/features/deal/search';
import { readInboxSearch } from '@/features/inbox/search';
import { readPolicySearch } from '@/features/policies/search';
import { readReportSearch } from '@/features/reports/search';
import { clientQuery } from '@/lib/data/clients';
import { dealQuery } from '@/lib/data/deals';
import { policyQuery } from '@/lib/data/policies';
import { taskQuery } from '@/lib/data/tasks';
import { readListSearch } from '@/lib/list/state';
import { queryClient } from '@/lib/query';
import { Missing, RowsSkeleton } from '@/ui/states';
import { adminRoutes } from './admin_routes';
import { inside, only, root } from './inside';
import { moneyRoutes } from './money_routes';
import { screen } from './screen';
import { ScreenError } from './screen_error';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; invited?: boolean } => ({
    ...(typeof search.next === 'string' && { next: search.next }),
    ...(search.invited === true && { invited: true }),
  }),
  component: screen(() => import('@/features/auth/sign_in_page'), 'SignInPage', 'auth'),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite',
  component: screen(() => import('@/features/auth/invite_page'), 'InvitePage', 'auth'),
});

const index = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today', replace: true });
  },
});
const missing = createRoute({
  getParentRoute: () => inside,
  path: '/missing',
  component: Missing,
});
/** What no screen answers to: it has the bar beside it, as everything else inside. */
const unknown = createRoute({
  getParentRoute: () => inside,
  path: '$',
  component: Missing,
});
const today = createRoute({
  getParentRoute: () => inside,
  path: '/today',
  component: screen(
    () => import('@/features/today/today_page'),
    'TodayPage',
    'deals',
    'list',
    'tasks',
    'today',
  ),
});
const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: screen(
    () => import('@/features/inbox/inbox_page'),
    'InboxPage',
    'deals',
    'exports',
    'inbox',
    'money',
    'tasks',
  ),
});
const deals = createRoute({
  getParentRoute: () => inside,
  path: '/deals',
  validateSearch: readListSearch,
  component: screen(() => import('@/features/deals/deals_page'), 'DealsPage', 'deals', 'list'),
});
const deal = createRoute({
  getParentRoute: () => inside,
  path: '/deals/$dealId',
  validateSearch: readDealSearch,
  loader: ({ params }) => void queryClient.prefetchQuery(dealQuery(params.dealId)),
  component: screen(
    () => import('@/features/deal/deal_page'),
    'DealPage',
    'deal',
    'calculations',
    'deals',
  ),
});
const clients = createRoute({
  getParentRoute: () => inside,
  path: '/clients',
  validateSearch: readListSearch,
  component: screen(
    () => import('@/features/clients/clients_page'),
    'ClientsPage',
    'clients',
    'deals',
    'list',
  ),
});
const client = createRoute({
  getParentRoute: () => inside,
  path: '/clients/$clientId',
  validateSearch: readClientSearch,
  loader: ({ params }) => void queryClient.prefetchQuery(clientQuery(params.clientId)),
  component: screen(
    () => import('@/features/clients/client_page'),
    'ClientPage',
    'clients',
    'deals',
    'policies',
  ),
});
const tasks = createRoute({
  getParentRoute: () => inside,
  path: '/tasks',
  validateSearch: readListSearch,
  component: screen(
    () => import('@/features/tasks/tasks_page'),
    'TasksPage',
    'deals',
    'list',
    'tasks',
  ),
});
const taskTemplates = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/templates',
  component: screen(
    () => import('@/features/tasks/templates_page'),
    'TemplatesPage',
    'deals',
    'tasks',
  ),
});
const task = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/$taskId',
  loader: ({ params }) => void queryClient.prefetchQuery(taskQuery(params.taskId)),
  component: screen(() => import('@/features/tasks/task_page'), 'TaskPage', 'deals', 'tasks'),
});
const policies = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  validateSearch: readListSearch,
  component: screen(
    () => import('@/features/policies/policies_page'),
    'PoliciesPage',
    'deals',
    'list',
    'policies',
  ),
});
const policy = createRoute({
  getParentRoute: () => inside,
  path: '/policies/$policyId',
  validateSearch: readPolicySearch,
  loader: ({ params }) => void queryClient.prefetchQuery(policyQuery(params.policyId)),
  component: screen(() => import('@/features/policies/policy_page'), 'PolicyPage', 'policies'),
});
const renewals = createRoute({
  getParentRoute: () => inside,
  path: '/renewals',
  validateSearch: readListSearch,
  component: screen(
    () => import('@/features/policies/renewals_page'),
    'RenewalsPage',
    'deals',
    'list',
    'policies',
  ),
});
const renewalReport = createRoute({
  getParentRoute: () => inside,
  path: '/reports/renewals',
  validateSearch: readReportSearch,
  beforeLoad: only('agent', 'finance', 'head', 'admin'),
  component: screen(
    () => import('@/features/reports/renewals_page'),
    'RenewalReportPage',
    'list',
    'policies',
    'reports',
  ),
});
const exports = createRoute({
  getParentRoute: () => inside,
  path: '/exports',
  component: screen(() => import('@/features/exports/exports_page'), 'ExportsPage', 'exports'),
});
const profile = createRoute({
  getParentRoute: () => inside,
  path: '/profile',
  component: screen(
    () => import('@/features/profile/profile_page'),
    'ProfilePage',
    'admin',
    'auth',
    'inbox',
    'profile',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    invite,
    inside.addChildren([
      index,
      missing,
      today,
      inbox,
      deals,
      deal,
      clients,
      client,
      policies,
      policy,
      renewals,
      renewalReport,
      tasks,
      taskTemplates,
      task,
      ...moneyRoutes,
      ...adminRoutes,
      exports,
      profile,
      unknown,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 60,
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: RowsSkeleton,
  defaultErrorComponent: ScreenError,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
