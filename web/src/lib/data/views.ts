import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, ifMatch } from '../http';
import type { View } from '../types';

/** The drawings of a list that a view can keep. */
export const viewLayouts = ['table', 'board', 'calendar', 'week'] as const;
export type ViewLayout = (typeof viewLayouts)[number];

export interface ViewFields {
  name?: string;
  scope?: 'personal' | 'shared';
  filter?: string;
  order_by?: string;
  group_by?: string;
  columns?: string[];
  layout?: ViewLayout;
}

/** One's own views and all shared ones of a list. */
export const viewsQuery = (resource: string) =>
  queryOptions({
    queryKey: ['views', resource],
    queryFn: async () => {
      const query = { filter: `resource = "${resource}"`, order_by: 'created_at', page_size: 200 };
      const page = await body<{ views?: View[] }>(api.GET('/api/v1/views', { params: { query } }));
      return page.views ?? [];
    },
    staleTime: 5 * 60_000,
  });

function useViewChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: ['views'] }),
  });
}

export const useCreateView = () =>
  useViewChange((view: ViewFields & { resource: string; name: string }) =>
    body<View>(api.POST('/api/v1/views', { body: view })),
  );

export const useUpdateView = () =>
  useViewChange((change: { id: string; version: number; fields: ViewFields }) =>
    body<View>(
      api.PATCH('/api/v1/views/{view_id}', {
        params: { path: { view_id: change.id }, header: ifMatch(change.version) },
        body: change.fields,
      }),
    ),
  );

export const useDeleteView = () =>
  useViewChange((id: string) =>
    body<void>(api.DELETE('/api/v1/views/{view_id}', { params: { path: { view_id: id } } })),
  );
