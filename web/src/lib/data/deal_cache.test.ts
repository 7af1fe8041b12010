import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { type Deal, dealStatuses } from '../types';
import { type Board, patchDeal, placeDeal, snapshot } from './deal_cache';

const deal = (id: string, date: string | undefined, more: Partial<Deal> = {}): Deal => ({
  id,
  number: id,
  client_id: 'c',
  title: id,
  status: 'draft',
  version: 1,
  calculation_count: 0,
  ready_calculation_count: 0,
  chosen_calculation_count: 0,
  ...(date && { deadline: { date, reason: 'next_review' } }),
  ...more,
});

function boardOf(...deals: Deal[]): Board {
  return Object.fromEntries(
    dealStatuses.map((status) => {
      const own = deals.filter((item) => item.status === status);
      return [status, { deals: own, next: undefined, count: own.length + 100 }];
    }),
  ) as Board;
}

test('a moved deal stands in its new column by its deadline, and the heads count it', () => {
  const board = boardOf(
    deal('a', '2026-11-20'),
    deal('b', '2026-11-19', { status: 'calculation' }),
    deal('c', undefined, { status: 'calculation' }),
  );

  const moved = placeDeal(board, deal('a', '2026-11-20', { status: 'calculation' }));

  expect(moved.calculation.deals.map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  expect(moved.calculation.count).toBe(103);
  expect(moved.draft.deals).toEqual([]);
  expect(moved.draft.count).toBe(100);
});

test('a deal that is not on the board stays off it', () => {
  const board = boardOf(deal('a', '2026-11-20'));

  expect(placeDeal(board, deal('x', '2026-11-20'))).toBe(board);
});

test('one patch reaches card, list and board, and the snapshot puts all of it back', () => {
  const client = new QueryClient();
  const before = deal('a', '2026-11-20');
  client.setQueryData(['deals', 'one', 'a'], before);
  client.setQueryData(['deals', 'list', {}], { pages: [{ deals: [before] }], pageParams: [''] });
  client.setQueryData(['deals', 'board', {}], boardOf(before));
  const kept = client.getQueryData(['deals', 'board', {}]);
  const putBack = snapshot(client, 'deals');

  patchDeal(client, 'a', (known) => ({ ...known, status: 'issuance' }));

  expect(client.getQueryData<Deal>(['deals', 'one', 'a'])?.status).toBe('issuance');
  expect(client.getQueryData<Board>(['deals', 'board', {}])?.issuance.deals).toHaveLength(1);

  putBack();

  expect(client.getQueryData(['deals', 'one', 'a'])).toEqual(before);
  expect(client.getQueryData(['deals', 'board', {}])).toEqual(kept);
});
