import { expect, test } from 'vitest';
import type { Deal } from '@/lib/types';
import { groupDeals } from './groups';

const due = (id: string, date?: string) =>
  ({ id, ...(date && { deadline: { date, reason: 'next_review' } }) }) as Deal;

test('deals stand under the pressure of their time, empty groups are left out', () => {
  const groups = groupDeals(
    [due('a', '2026-11-20'), due('b', '2026-11-23'), due('c', '2026-12-30'), due('d')],
    '2026-11-23',
  );

  expect([...groups].map(([name, deals]) => [name, deals.map(({ id }) => id)])).toEqual([
    ['overdue', ['a']],
    ['today', ['b']],
    ['later', ['c']],
  ]);
});
