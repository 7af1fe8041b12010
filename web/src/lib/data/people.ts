import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, body, ifMatch } from '../http';
import type { ListReply, Resource } from '../list/resource';
import { toastFailure } from '../messages';
import type { Preferences, Role, Session, User } from '../types';
import { present } from './deals';

/** Everybody one works with, for pickers and mentions. */
export const colleaguesQuery = queryOptions({
  queryKey: ['users', 'colleagues'],
  queryFn: async () => {
    const query = { page_size: 200, order_by: 'full_name' };
    const page = await body<{ users?: User[] }>(api.GET('/api/v1/users', { params: { query } }));
    return page.users ?? [];
  },
  staleTime: 5 * 60_000,
});
/** Names by id, of at most 40 people. */
export const namesQuery = (ids: string[]) =>
  queryOptions({
    queryKey: ['users', 'names', ids],
    queryFn: async () => {
      const query = { page_size: 200, filter: `id = (${ids.map((id) => `"${id}"`).join(' OR ')})` };
      const page = await body<{ users?: User[] }>(api.GET('/api/v1/users', { params: { query } }));
      return new Map(page.users?.map(({ id, full_name }) => [id, full_name]));
    },
    enabled: ids.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
export const useColleagues = () => useQuery(colleaguesQuery).data ?? [];

export const userResource: Resource<User> = {
  name: 'users',
  list: (query) => body<ListReply>(api.GET('/api/v1/users', { params: { query: present(query) } })),
};
export const userListQuery = (filter: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['users', 'choice', filter],
    queryFn: ({ pageParam }) =>
      body<{ users?: User[]; next_page_token?: string; total_size?: number }>(
        api.GET('/api/v1/users', {
          params: { query: present({ filter, page_size: 100, page_token: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

export interface Invitation {
  user: User;
  link: string;
  expires_at: string;
}

function useUserChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['users'] });
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
}

export const useCreateUser = () =>
  useUserChange((user: { email: string; full_name: string; role: Role }) =>
    body<Invitation>(api.POST('/api/v1/users', { body: user })),
  );

export const useInviteUser = () =>
  useUserChange((id: string) =>
    body<Invitation>(
      api.POST('/api/v1/users/{user_id}/invite', { params: { path: { user_id: id } } }),
    ),
  );

export const useUpdateUser = () =>
  useUserChange((change: { user: User; fields: { full_name?: string; role?: Role } }) =>
    body<User>(
      api.PATCH('/api/v1/users/{user_id}', {
        params: { path: { user_id: change.user.id }, header: ifMatch(change.user.version ?? 1) },
        body: change.fields,
      }),
    ),
  );

export const useBlockUser = () =>
  useUserChange((block: { id: string; reason: string; successor_id?: string | undefined }) =>
    body<User>(
      api.POST('/api/v1/users/{user_id}/block', {
        params: { path: { user_id: block.id } },
        body: { reason: block.reason, ...present({ successor_id: block.successor_id }) },
      }),
    ),
  );

export const useUnblockUser = () =>
  useUserChange((id: string) =>
    body<User>(api.POST('/api/v1/users/{user_id}/unblock', { params: { path: { user_id: id } } })),
  );

export const sessionsQuery = (userId?: string) =>
  queryOptions({
    queryKey: ['sessions', userId ?? 'mine'],
    queryFn: async () => {
      const query = present({ user_id: userId });
      const reply = await body<{ sessions?: Session[] }>(
        api.GET('/api/v1/auth/sessions', { params: { query } }),
      );
      return reply.sessions ?? [];
    },
    staleTime: 0,
  });

export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body<void>(
        api.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id: id } } }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['sessions'] }),
    onError: toastFailure,
  });
}

export function useEndAllSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId?: string) =>
      body<{ ended?: number }>(
        api.POST('/api/v1/auth/sessions/end_all', { body: present({ user_id: userId }) }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['sessions'] }),
    onError: toastFailure,
  });
}

export const useChangePassword = () =>
  useMutation({
    mutationFn: (passwords: { current_password: string; new_password: string }) =>
      body<void>(api.POST('/api/v1/auth/password', { body: passwords })),
  });

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => body<Preferences>(api.GET('/api/v1/preferences')),
  staleTime: Number.POSITIVE_INFINITY,
});

export function useUpdatePreferences() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: Partial<Omit<Preferences, 'columns'>>) =>
      body<Preferences>(api.PATCH('/api/v1/preferences', { body: fields })),
    onMutate: (fields) => {
      const before = client.getQueryData<Preferences>(['preferences']);
      if (before) client.setQueryData<Preferences>(['preferences'], { ...before, ...fields });
      return { before };
    },
    onError: (failure, _fields, context) => {
      client.setQueryData(['preferences'], context?.before);
      toastFailure(failure);
    },
    onSuccess: (saved) => client.setQueryData(['preferences'], saved),
  });
}
