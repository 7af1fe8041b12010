import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { api, body, ifMatch, Problem } from '../http';
import { type BatchAnswer, type BatchDone, batchDone } from '../list/batch';
import type { ListQuery, Resource } from '../list/resource';
import { toastFailure } from '../messages';
import {
  type Deal,
  type DealStatus,
  dealStatuses,
  type InsuredObject,
  type MemberFunction,
} from '../types';
import { type Board, type DealPage, patchDeal, snapshot } from './deal_cache';

export type DealQuery = Pick<ListQuery, 'filter' | 'q' | 'order_by' | 'page_size'>;
const pageSize = 50;

const listDeals = (query: ListQuery) =>
  body<DealPage>(api.GET('/api/v1/deals', { params: { query: present(query) } }));

/** Leaves out what is not set: an empty parameter is not the same as none. */
export function present<T extends object>(query: T): T {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as T;
}

export const dealListQuery = (query: DealQuery) =>
  infiniteQueryOptions({
    queryKey: ['deals', 'list', query],
    queryFn: ({ pageParam }) => listDeals({ page_size: pageSize, ...query, page_token: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

export const dealCountQuery = (filter: string | undefined) =>
  queryOptions({
    queryKey: ['deals', 'count', filter],
    queryFn: async () => {
      const { total_size, total_estimated } = await listDeals({ filter, page_size: 1 });
      return { size: total_size ?? 0, estimated: total_estimated === true };
    },
  });

const withStatus = (filter: string | undefined, status: DealStatus) =>
  [filter, `status = "${status}"`].filter(Boolean).join(' AND ');

/** Rails keep their deals folded away, so only their heads are loaded until they are opened. */
export const boardQuery = (query: DealQuery, open: DealStatus[]) =>
  queryOptions({
    queryKey: ['deals', 'board', query, open],
    queryFn: async ({ client, queryKey }): Promise<Board> => {
      const known = client.getQueryData<Board>(queryKey);
      const sizes = (status: DealStatus) =>
        Math.min(200, Math.max(pageSize, known?.[status].deals.length ?? 0));
      const [heads, ...pages] = await Promise.all([
        listDeals({ ...query, page_size: 1, group_by: 'status' }),
        ...open.map((status) =>
          listDeals({
            ...query,
            filter: withStatus(query.filter, status),
            page_size: sizes(status),
          }),
        ),
      ]);
      const column = (status: DealStatus) => {
        const page = pages[open.indexOf(status)];
        const count = heads.groups?.find(({ value }) => value === status)?.count ?? 0;
        return { deals: page?.deals ?? [], next: page?.next_page_token, count };
      };
      return Object.fromEntries(dealStatuses.map((status) => [status, column(status)])) as Board;
    },
  });

export const moreOfColumn = (query: DealQuery, status: DealStatus, pageToken: string) =>
  listDeals({
    ...query,
    filter: withStatus(query.filter, status),
    page_size: pageSize,
    page_token: pageToken,
  });

export const dealResource: Resource<Deal> = {
  name: 'deals',
  list: listDeals,
  get: (id) =>
    body<Deal>(api.GET('/api/v1/deals/{deal_id}', { params: { path: { deal_id: id } } })),
};
export const saveDeal = (deal: Deal, fields: object) => updateDeal(deal.id, deal.version, fields);

interface DealItem {
  id: string;
  version: number;
  title?: string;
  next_review_at?: string;
  expected_close_date?: string;
  lead_agent_id?: string;
  executor_id?: string;
}
/** Changes many deals; each answers for itself, and what was changed can be returned as a whole. */
export async function batchDeals(items: DealItem[]): Promise<BatchDone> {
  const reply = await body<BatchAnswer<DealItem>>(
    api.POST('/api/v1/deals/batch', { body: { items } }),
  );
  return batchDone(reply, batchDeals);
}

export const dealQuery = (id: string) =>
  queryOptions({
    queryKey: ['deals', 'one', id],
    queryFn: () =>
      body<Deal>(api.GET('/api/v1/deals/{deal_id}', { params: { path: { deal_id: id } } })),
  });

export interface Transition {
  deal: Deal;
  status: DealStatus;
  reason?: string | undefined;
  executor_id?: string | undefined;
  calculation_id?: string | undefined;
}

export function useTransitionDeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ deal, status, reason, executor_id, calculation_id }: Transition) =>
      body<Deal>(
        api.POST('/api/v1/deals/{deal_id}/transition', {
          params: { path: { deal_id: deal.id } },
          body: {
            status,
            version: deal.version,
            ...present({ reason, executor_id, calculation_id }),
          },
        }),
      ),
    onMutate: async ({ deal, status }) => {
      await client.cancelQueries({ queryKey: ['deals'] });
      const putBack = snapshot(client, 'deals');
      patchDeal(client, deal.id, (known) => ({ ...known, status }));
      return { putBack };
    },
    onError: (failure, { deal }, context) => {
      context?.putBack();
      if (failure instanceof Problem && (failure.status === 412 || failure.status === 409)) {
        void client.invalidateQueries({ queryKey: ['deals', 'one', deal.id] });
      }
      toastFailure(failure);
    },
    onSuccess: (deal) => patchDeal(client, deal.id, () => deal),
    onSettled: (_deal, _failure, { deal }) => refreshDeal(client, deal.id),
  });
}

function refreshDeal(client: ReturnType<typeof useQueryClient>, id: string) {
  void client.invalidateQueries({ queryKey: ['deals', 'count'] });
  void client.invalidateQueries({ queryKey: ['deals', 'board'] });
  void client.invalidateQueries({ queryKey: ['deals', 'list'] });
  void client.invalidateQueries({ queryKey: ['deals', 'timeline', id] });
  void client.invalidateQueries({ queryKey: ['history', 'deal', id] });
  void client.invalidateQueries({ queryKey: ['calculations', 'deal', id] });
}

export interface DealFields {
  title?: string;
  description?: string | null;
  start_date?: string | null;
  expected_close_date?: string | null;
  next_review_at?: string | null;
  objects?: InsuredObject[];
}

/** PATCH takes null for «clear this»; the generated types know only values. */
const updateDeal = (id: string, version: number, fields: DealFields) =>
  body<Deal>(
    api.PATCH('/api/v1/deals/{deal_id}', {
      params: { path: { deal_id: id }, header: ifMatch(version) },
      body: fields as { title?: string },
    }),
  );

export function useUpdateDeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, fields }: { id: string; version: number; fields: DealFields }) =>
      updateDeal(id, version, fields),
    onSuccess: (deal) => {
      patchDeal(client, deal.id, () => deal);
      refreshDeal(client, deal.id);
    },
  });
}

export interface Postponement {
  deal: Deal;
  day: string | null;
  field?: DueField;
}
/** Moves the date that made the deal due; answers at once and returns exactly when refused. */
export function usePostponeDeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ deal, day, field = dueField(deal) }: Postponement) =>
      updateDeal(deal.id, deal.version, { [field]: day }),
    onMutate: async ({ deal, day, field = dueField(deal) }) => {
      await client.cancelQueries({ queryKey: ['deals'] });
      const putBack = snapshot(client, 'deals');
      patchDeal(client, deal.id, (known) => {
        const next = { ...known, [field]: day ?? undefined };
        if (!known.deadline || !day) return { ...next, deadline: undefined } as Deal;
        return { ...next, deadline: { ...known.deadline, date: day } } as Deal;
      });
      return { putBack };
    },
    onError: (failure, { deal }, context) => {
      context?.putBack();
      void client.invalidateQueries({ queryKey: ['deals', 'one', deal.id] });
      toastFailure(failure);
    },
    onSuccess: (deal) => patchDeal(client, deal.id, () => deal),
    onSettled: (_deal, _failure, { deal }) => refreshDeal(client, deal.id),
  });
}

type DueField = 'expected_close_date' | 'next_review_at';
export const dueField = (deal: Deal): DueField =>
  deal.deadline?.reason === 'expected_close' ? 'expected_close_date' : 'next_review_at';

export interface NewDeal {
  client_id: string;
  title: string;
  description?: string | undefined;
  executor_id?: string | undefined;
  next_review_at?: string | undefined;
}
export function useCreateDeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: NewDeal) =>
      body<Deal>(api.POST('/api/v1/deals', { body: present(fields) })),
    onSuccess: (deal) => {
      client.setQueryData(['deals', 'one', deal.id], deal);
      void client.invalidateQueries({ queryKey: ['deals'] });
      void client.invalidateQueries({ queryKey: ['clients', 'one', deal.client_id] });
    },
  });
}

export function useContinueDeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body<Deal>(
        api.POST('/api/v1/deals/{deal_id}/continue', {
          params: { path: { deal_id: id } },
          body: {},
        }),
      ),
    onSuccess: (deal) => {
      client.setQueryData(['deals', 'one', deal.id], deal);
      void client.invalidateQueries({ queryKey: ['deals'] });
    },
  });
}

export function useAddMember(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: { user_id: string; function: MemberFunction }) =>
      body<Deal>(
        api.POST('/api/v1/deals/{deal_id}/members', {
          params: { path: { deal_id: dealId } },
          body: member,
        }),
      ),
    onSuccess: (deal) => {
      patchDeal(client, deal.id, () => deal);
      refreshDeal(client, deal.id);
    },
  });
}

export function useRemoveMember(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) =>
      body<Deal>(
        api.DELETE('/api/v1/deals/{deal_id}/members/{user_id}', {
          params: { path: { deal_id: dealId, user_id: userId } },
        }),
      ),
    onSuccess: (deal) => {
      patchDeal(client, deal.id, () => deal);
      refreshDeal(client, deal.id);
    },
  });
}
