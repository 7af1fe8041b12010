import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { type Deal, type DealStatus, dealStatuses } from '../types';

export interface DealPage {
  deals?: Deal[];
  next_page_token?: string;
  total_size?: number;
  total_estimated?: boolean;
  groups?: { value?: string; count?: number }[];
}
export interface Column {
  deals: Deal[];
  next: string | undefined;
  count: number;
}
export type Board = Record<DealStatus, Column>;

/** The server's order of boards and day lists: by deadline, those without one last. */
export function byDeadline(one: Deal, other: Deal): number {
  const [a, b] = [one.deadline?.date, other.deadline?.date];
  if (a !== b) {
    if (!a) return 1;
    if (!b) return -1;
    return a < b ? -1 : 1;
  }
  return one.id < other.id ? -1 : 1;
}

/** Puts the newer state of a deal where it now belongs. A deal that is not on the board stays off it. */
export function placeDeal(board: Board, deal: Deal): Board {
  const from = dealStatuses.find((status) => board[status].deals.some(({ id }) => id === deal.id));
  if (!from) return board;
  const without = board[from].deals.filter(({ id }) => id !== deal.id);
  if (from === deal.status) {
    const deals = [...without, deal].sort(byDeadline);
    return { ...board, [from]: { ...board[from], deals } };
  }
  const target = board[deal.status];
  return {
    ...board,
    [from]: { ...board[from], deals: without, count: board[from].count - 1 },
    [deal.status]: {
      ...target,
      deals: [...target.deals, deal].sort(byDeadline),
      count: target.count + 1,
    },
  };
}

type Patch = (deal: Deal) => Deal;

/** Changes one deal everywhere in the cache at once. */
export function patchDeal(client: QueryClient, id: string, patch: Patch) {
  const one = (deal: Deal) => (deal.id === id ? patch(deal) : deal);
  client.setQueryData<Deal>(['deals', 'one', id], (deal) => deal && patch(deal));
  client.setQueriesData<InfiniteData<DealPage>>(
    { queryKey: ['deals', 'list'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, deals: page.deals?.map(one) ?? [] })),
      },
  );
  client.setQueriesData<Board>({ queryKey: ['deals', 'board'] }, (board) => {
    if (!board) return board;
    const found = dealStatuses
      .flatMap((status) => board[status].deals)
      .find((deal) => deal.id === id);
    return found ? placeDeal(board, patch(found)) : board;
  });
}

/** Remembers all of one subject's cache, to put it back exactly. */
export function snapshot(client: QueryClient, subject: string): () => void {
  const kept = client.getQueriesData({ queryKey: [subject] });
  return () => {
    for (const [key, data] of kept) client.setQueryData(key, data);
  };
}
