import { expect, test } from 'vitest';
import { changes, conflicts, same } from './diff';

test('a change names field, before and after, without bookkeeping', () => {
  const before = { status: 'draft', version: 1, title: 'КАСКО' };
  const after = { status: 'calculation', version: 2, title: 'КАСКО', executor_id: 'a' };

  expect(changes(before, after)).toEqual([
    { field: 'status', before: 'draft', after: 'calculation' },
    { field: 'executor_id', before: undefined, after: 'a' },
  ]);
});

test('the order of keys makes no difference', () => {
  expect(same({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
});

test('only what both sides changed to different values is a conflict', () => {
  const base = { title: 'КАСКО', description: 'было', start_date: '2026-11-01' };
  const mine = { title: 'КАСКО и ОСАГО', description: 'моё' };
  const theirs = { title: 'КАСКО', description: 'их', start_date: '2026-12-01' };

  expect(conflicts(mine, base, theirs)).toEqual(['description']);
  expect(conflicts({ description: 'их' }, base, theirs)).toEqual([]);
});

test('an identifier whose name is there says nothing more', () => {
  const after = { id: 'x', executor_id: 'a', executor_name: 'Ирина Попова' };

  expect(changes({}, after)).toEqual([
    { field: 'executor_name', before: undefined, after: 'Ирина Попова' },
  ]);
});
