import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, body } from '../http';
import { toastFailure } from '../messages';
import type { Notification, NotificationSettings } from '../types';
import { present } from './deals';

export const inboxViews = ['unread', 'mentions', 'all', 'later'] as const;
export type InboxView = (typeof inboxViews)[number];

export interface NotificationPage {
  notifications?: Notification[];
  next_page_token?: string;
  total_size?: number;
}
interface Counts {
  unread?: number;
  mentions?: number;
  later?: number;
}

export const notificationListQuery = (view: InboxView) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', view],
    queryFn: ({ pageParam }) =>
      body<NotificationPage>(
        api.GET('/api/v1/notifications', {
          params: { query: present({ view, page_size: 50, page_token: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

export const notificationCountsQuery = queryOptions({
  queryKey: ['notifications', 'counts'],
  queryFn: () => body<Counts>(api.GET('/api/v1/notifications/counts')),
});

export const notificationSettingsQuery = queryOptions({
  queryKey: ['notification_settings'],
  queryFn: () => body<NotificationSettings>(api.GET('/api/v1/notification_settings')),
});

type Pages = { pages: NotificationPage[]; pageParams: unknown[] };

/** Changes it wherever it stands; `undefined` takes it out of a view. */
function patch(
  client: QueryClient,
  id: string,
  change: (known: Notification, view: InboxView) => Notification | undefined,
) {
  for (const view of inboxViews) {
    client.setQueryData<Pages>(['notifications', 'list', view], (known) =>
      known
        ? {
            ...known,
            pages: known.pages.map((page) => ({
              ...page,
              notifications: (page.notifications ?? []).flatMap((item) => {
                if (item.id !== id) return [item];
                const changed = change(item, view);
                return changed ? [changed] : [];
              }),
            })),
          }
        : known,
    );
  }
}

/** The state before a change, and how to put it back exactly. */
async function hold(client: QueryClient) {
  await client.cancelQueries({ queryKey: ['notifications'] });
  const kept = client.getQueriesData({ queryKey: ['notifications'] });
  return () => {
    for (const [key, data] of kept) client.setQueryData(key, data);
  };
}
const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: ['notifications'] });

function countLess(client: QueryClient, notification: Notification) {
  if (notification.read_at) return;
  client.setQueryData<Counts>(['notifications', 'counts'], (known) => ({
    ...known,
    unread: Math.max(0, (known?.unread ?? 0) - 1),
    mentions: Math.max(0, (known?.mentions ?? 0) - (notification.mention ? 1 : 0)),
  }));
}

export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Notification) =>
      body<{ ids?: string[] }>(
        api.POST('/api/v1/notifications/mark_read', { body: { ids: [id] } }),
      ),
    onMutate: async (notification) => {
      const putBack = await hold(client);
      countLess(client, notification);
      patch(client, notification.id, (known, view) =>
        view === 'unread' ? undefined : { ...known, read_at: new Date().toISOString() },
      );
      return { putBack };
    },
    onError: (failure, _notification, context) => {
      context?.putBack();
      toastFailure(failure);
    },
    onSettled: () => void refresh(client),
  });
}

export function useMarkUnread() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body<Notification>(
        api.POST('/api/v1/notifications/{notification_id}/unread', {
          params: { path: { notification_id: id } },
        }),
      ),
    onError: toastFailure,
    onSettled: () => void refresh(client),
  });
}

export function useRemindLater() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ notification, until }: { notification: Notification; until: string }) =>
      body<Notification>(
        api.POST('/api/v1/notifications/{notification_id}/later', {
          params: { path: { notification_id: notification.id } },
          body: { until },
        }),
      ),
    onMutate: async ({ notification }) => {
      const putBack = await hold(client);
      countLess(client, notification);
      patch(client, notification.id, () => undefined);
      return { putBack };
    },
    onError: (failure, _asked, context) => {
      context?.putBack();
      toastFailure(failure);
    },
    onSettled: () => void refresh(client),
  });
}

/** What one call leaves, the next takes. */
export function useMarkAllRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (filter: string | undefined) => {
      let marked = 0;
      for (let more = true; more; ) {
        const reply = await body<{ ids?: string[]; more?: boolean }>(
          api.POST('/api/v1/notifications/mark_read', { body: present({ all: true, filter }) }),
        );
        marked += reply.ids?.length ?? 0;
        more = reply.more === true;
      }
      return marked;
    },
    onError: toastFailure,
    onSettled: () => void refresh(client),
  });
}

export function useUpdateNotificationSettings() {
  const client = useQueryClient();
  const key = notificationSettingsQuery.queryKey;
  return useMutation({
    mutationFn: (fields: { [K in keyof NotificationSettings]?: NotificationSettings[K] | null }) =>
      body<NotificationSettings>(
        api.PATCH('/api/v1/notification_settings', { body: fields as NotificationSettings }),
      ),
    onMutate: async (fields) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData(key);
      client.setQueryData(key, { ...before, ...fields } as NotificationSettings);
      return { before };
    },
    onError: (failure, _fields, context) => {
      client.setQueryData(key, context?.before);
      toastFailure(failure);
    },
    onSuccess: (saved) => client.setQueryData(key, saved),
  });
}
