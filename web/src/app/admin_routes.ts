import { createRoute } from '@tanstack/react-router';
import { readListSearch } from '@/lib/list/state';
import { inside, only } from './inside';
import { screen } from './screen';

const rules = createRoute({
  getParentRoute: () => inside,
  path: '/admin/rules',
  beforeLoad: only('admin', 'head'),
  component: screen(
    () => import('@/features/admin/rules_page'),
    'RulesPage',
    'deals',
    'list',
    'money',
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
const background = createRoute({
  getParentRoute: () => inside,
  path: '/admin/background',
  beforeLoad: only('admin'),
  component: screen(
    () => import('@/features/admin/background_page'),
    'BackgroundPage',
    'admin',
    'deals',
  ),
});
const agency = createRoute({
  getParentRoute: () => inside,
  path: '/admin/agency',
  beforeLoad: only('admin'),
  component: screen(() => import('@/features/admin/agency_page'), 'AgencyPage', 'admin'),
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
    'deals',
    'list',
  ),
});

/** What only some roles may open. */
export const adminRoutes = [rules, users, sessions, agency, reminders, background, audit] as const;
