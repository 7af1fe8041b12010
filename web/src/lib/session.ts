import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api, body, configureHttp, Problem } from './http';
import { queryClient } from './query';
import { createStore } from './store';
import type { Role, SessionReply, User } from './types';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => body<SessionReply>(api.GET('/api/v1/auth/session')),
  staleTime: 5 * 60_000,
  retry: false,
});

export const useSession = () => useSuspenseQuery(sessionQuery).data;
export const useMe = (): User => useSession().user;
export const useRole = (): Role => useMe().role;
export const useMaybeSession = () => useQuery({ ...sessionQuery, enabled: false }).data;
export const currentSession = () => queryClient.getQueryData<SessionReply>(['session']);

/** The session is over while the page is open: sign-in lies over it and typed text stays. */
export const signedOut = createStore(false);

let again: { promise: Promise<void>; resolve: () => void } | undefined;

function waitForSignIn(): Promise<void> {
  if (!currentSession()) return Promise.reject(new Problem(401, { code: 'unauthenticated' }));
  if (!again) {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    again = { promise, resolve };
  }
  signedOut.set(true);
  return again.promise;
}

/** After a sign-in over the page: the same person goes on, another one starts afresh. */
export async function resume() {
  const before = currentSession()?.user.id;
  const session = await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
  if (before && before !== session.user.id) {
    location.assign('/');
    return;
  }
  signedOut.set(false);
  again?.resolve();
  again = undefined;
  await queryClient.invalidateQueries();
}

/** Asks whether the session still stands; when not, sign-in opens over the page. */
export async function confirmSession() {
  if (!currentSession() || signedOut.get()) return;
  const { response } = await api.GET('/api/v1/auth/session');
  if (response.status === 401) void waitForSignIn();
}

export function wireSession() {
  configureHttp({ csrfToken: () => currentSession()?.csrf_token, signInAgain: waitForSignIn });
}

export async function signOut() {
  await api.POST('/api/v1/auth/logout');
  location.assign('/sign-in');
}
