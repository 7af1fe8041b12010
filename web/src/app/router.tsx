import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readClientSearch } from '@/features/clients/search';
import { readDealSearch } from '@/features/deal/search';
import { readInboxSearch } from '@/features/inbox/search';
import { readPlanSearch } from '@/features/money/search';
import { readPolicySearch } from '@/features/policies/search';
import { readReportSearch } from '@/features/reports/search';
import { clientQuery } from '@/lib/data/clients';
import { dealQuery } from '@/lib/data/deals';
import { paymentQuery } from '@/lib/data/payments';
import { preferencesQuery } from '@/lib/data/people';
import { policyQuery } from '@/lib/data/policies';
import { taskQuery } from '@/lib/data/tasks';
import { Problem } from '@/lib/http';
import { readListSearch } from '@/lib/list/state';
import { queryClient } from '@/lib/query';
import { sessionQuery } from '@/lib/session';
import type { Role } from '@/lib/types';
import { ErrorState, Missing, RowsSkeleton } from '@/ui/states';
import { applyPreferences } from './preferences';
import { screen } from './screen';
import { Shell } from './shell';

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

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

async function requireSession({ location }: { location: { href: string } }) {
  try {
    await queryClient.ensureQueryData(sessionQuery);
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.status !== 401) throw failure;
    throw redirect({ to: '/sign-in', search: { next: location.href } });
  }
  const preferences = await queryClient.ensureQueryData(preferencesQuery).catch(() => undefined);
  if (preferences) await applyPreferences(preferences);
}

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: requireSession,
  component: Shell,
  errorComponent: ({ error, reset }) => <ErrorState failure={error} onRetry={reset} />,
});

/** What a role may never open looks like what does not exist. */
function only(...roles: Role[]) {
  return () => {
    const role = queryClient.getQueryData(sessionQuery.queryKey)?.user.role;
    if (!role || !roles.includes(role)) throw redirect({ to: '/missing', replace: true });
  };
}

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
  component: screen(() => import('@/features/inbox/inbox_page'), 'InboxPage', 'deals', 'inbox'),
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
  component: screen(() => import('@/features/deal/deal_page'), 'DealPage', 'calculations', 'deals'),
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
    'admin',
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
const task = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/$taskId',
  loader: ({ params }) => void queryClient.prefetchQuery(taskQuery(params.taskId)),
  component: screen(() => import('@/features/tasks/task_page'), 'TaskPage', 'deals', 'tasks'),
});
const payments = createRoute({
  getParentRoute: () => inside,
  path: '/money/payments',
  validateSearch: readListSearch,
  component: screen(
    () => import('@/features/money/payments_page'),
    'PaymentsPage',
    'deals',
    'list',
    'money',
  ),
});
const plan = createRoute({
  getParentRoute: () => inside,
  path: '/money/plan',
  validateSearch: readPlanSearch,
  component: screen(() => import('@/features/money/plan_page'), 'PlanPage', 'money'),
});
const commission = createRoute({
  getParentRoute: () => inside,
  path: '/money/commission',
  validateSearch: readPlanSearch,
  component: screen(() => import('@/features/money/plan_page'), 'CommissionPage', 'money'),
});
const payment = createRoute({
  getParentRoute: () => inside,
  path: '/payments/$paymentId',
  loader: ({ params }) => void queryClient.prefetchQuery(paymentQuery(params.paymentId)),
  component: screen(() => import('@/features/money/payment_page'), 'PaymentPage', 'deals', 'money'),
});
const rules = createRoute({
  getParentRoute: () => inside,
  path: '/admin/rules',
  beforeLoad: only('admin', 'head'),
  component: screen(
    () => import('@/features/admin/rules_page'),
    'RulesPage',
    'admin',
    'deals',
    'list',
    'money',
  ),
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
    'policies',
    'reports',
  ),
});
const users = createRoute({
  getParentRoute: () => inside,
  path: '/admin/users',
  validateSearch: readListSearch,
  beforeLoad: only('admin'),
  component: screen(
    () => import('@/features/admin/users_page'),
    'UsersPage',
    'admin',
    'deals',
    'list',
  ),
});
const sessions = createRoute({
  getParentRoute: () => inside,
  path: '/admin/sessions',
  validateSearch: (search: Record<string, unknown>): { user?: string } =>
    typeof search.user === 'string' ? { user: search.user } : {},
  beforeLoad: only('admin'),
  component: screen(() => import('@/features/admin/sessions_page'), 'SessionsPage', 'admin'),
});
const reminders = createRoute({
  getParentRoute: () => inside,
  path: '/admin/reminders',
  beforeLoad: only('admin', 'head'),
  component: screen(
    () => import('@/features/admin/reminders_page'),
    'RemindersPage',
    'admin',
    'deals',
  ),
});
const audit = createRoute({
  getParentRoute: () => inside,
  path: '/admin/audit',
  validateSearch: readListSearch,
  beforeLoad: only('admin', 'head'),
  component: screen(
    () => import('@/features/admin/audit_page'),
    'AuditPage',
    'admin',
    'clients',
    'deals',
    'list',
    'policies',
  ),
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
      task,
      payments,
      plan,
      commission,
      payment,
      rules,
      users,
      sessions,
      reminders,
      audit,
      profile,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 60,
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: RowsSkeleton,
  defaultErrorComponent: ({ error, reset }) => <ErrorState failure={error} onRetry={reset} />,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
