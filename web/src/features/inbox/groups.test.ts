import { expect, test } from 'vitest';
import type { Notification } from '@/lib/types';
import { byDeal, neighbour } from './groups';

const made = (id: string, deal_id?: string): Notification => ({
  id,
  kind: 'mention',
  mention: true,
  created_at: '',
  shown_at: '',
  ...(deal_id && { deal_id }),
});

test('a deal stands where its newest stands, with all of its own below', () => {
  const groups = byDeal([made('1', 'a'), made('2'), made('3', 'b'), made('4', 'a')]);

  expect(groups.map(({ items }) => items.map(({ id }) => id))).toEqual([['1', '4'], ['2'], ['3']]);
});

test('what is done makes room for the next, the last for the one before', () => {
  expect(neighbour(['1', '2', '3'], '2')).toBe('3');
  expect(neighbour(['1', '2', '3'], '3')).toBe('2');
  expect(neighbour(['1'], '1')).toBeUndefined();
  expect(neighbour(['1', '2'], 'x')).toBe('1');
});
