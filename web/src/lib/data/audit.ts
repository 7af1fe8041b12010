import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../http';
import type { ListReply, Resource } from '../list/resource';
import type { Entry, Hit } from '../types';
import { present } from './deals';

export interface EntryPage {
  entries?: Entry[];
  next_page_token?: string;
  total_size?: number;
  total_estimated?: boolean;
}

export const entryResource: Resource<Entry> = {
  name: 'entries',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/audit/entries', { params: { query: present(query) } })),
};

export const historyQuery = (entityType: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['history', entityType, id],
    queryFn: ({ pageParam }) =>
      body<EntryPage>(
        api.GET('/api/v1/audit/history/{entity_type}/{entity_id}', {
          params: {
            path: { entity_type: entityType, entity_id: id },
            query: present({ page_token: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
    staleTime: 0,
  });

export interface Verdict {
  ok?: boolean;
  size?: number | string;
  root?: string;
  verified_at?: string;
  problem?: string;
  position?: number | string;
}
export const verifyQuery = queryOptions({
  queryKey: ['audit', 'verify'],
  queryFn: () => body<Verdict>(api.GET('/api/v1/audit/verify')),
  staleTime: 60_000,
});
export interface Head {
  size?: number | string;
  root?: string;
  signed_at?: string;
  signature?: string;
}
export const headQuery = queryOptions({
  queryKey: ['audit', 'head'],
  queryFn: () => body<Head>(api.GET('/api/v1/audit/head')),
  staleTime: 60_000,
});

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) =>
      body<{ results?: Hit[]; missing?: string[] }>(
        api.GET('/api/v1/search', { params: { query: { q, limit: 8 } }, signal }),
      ),
    enabled: q.length > 1,
    staleTime: 20_000,
  });
