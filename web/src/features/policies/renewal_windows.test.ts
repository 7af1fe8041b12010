import { expect, test } from 'vitest';
import { filterText, parseFilter } from '@/lib/list/filter';
import { daysOf, windowIn, withWindow } from './renewal_windows';

const fields = [
  { id: 'effective_to', kind: 'date' as const },
  { id: 'product', kind: 'enum' as const },
];
const read = (text: string) => parseFilter(text, fields);

test('every tab has its windows', () => {
  expect(daysOf('expiring')).toEqual([30, 7]);
  expect(daysOf('soon')).toEqual([90, 60]);
  expect(daysOf('lapsed')).toEqual([90, 60, 30, 7]);
  expect(daysOf('a saved view')).toEqual([]);
});

test('a window replaces the one before and leaves the other conditions', () => {
  const filter = read('effective_to.between.today.%2B30*product.is.kasko');
  expect(windowIn(filter, 'expiring')).toBe(30);

  const narrower = withWindow(filter, 'expiring', 7);

  expect(windowIn(narrower, 'expiring')).toBe(7);
  expect(filterText(narrower)).toBe('effective_to.between.today.%2B7*product.is.kasko');
});

test("a choice of one's own is no window", () => {
  expect(windowIn(read('effective_to.between.today.%2B12'), 'expiring')).toBeUndefined();
  expect(windowIn(read('effective_to.is.today'), 'expiring')).toBeUndefined();
  expect(windowIn(read(''), 'expiring')).toBeUndefined();
});
