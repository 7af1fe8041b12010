import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { preferencesQuery } from '@/lib/data/people';
import { Problem } from '@/lib/http';
import { queryClient } from '@/lib/query';
import { sessionQuery } from '@/lib/session';
import type { Role } from '@/lib/types';
import { Missing } from '@/ui/states';
import { applyPreferences } from './preferences';
import { ScreenError } from './screen_error';
import { Shell } from './shell';

export const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

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

/** All that only who has signed in may open. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: requireSession,
  component: Shell,
  errorComponent: ScreenError,
});

/** What a role may never open looks like what does not exist. */
export function only(...roles: Role[]) {
  return () => {
    const role = queryClient.getQueryData(sessionQuery.queryKey)?.user.role;
    if (!role || !roles.includes(role)) throw redirect({ to: '/missing', replace: true });
  };
}
