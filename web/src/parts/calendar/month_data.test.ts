import { expect, test } from 'vitest';
import { elsewhereOf, startingMonth } from './month_data';
import { nextDay } from './next_day';

const groups = [
  { value: '', count: 4 },
  { value: '2026-09', count: 1 },
  { value: '2026-10', count: 2 },
  { value: '2026-12', count: 8 },
  { value: '2027-03', count: 16 },
];

test('a calendar starts where there is something, today or nearest to it', () => {
  expect(startingMonth(groups, '2026-10')).toBe('2026-10');
  expect(startingMonth(groups, '2026-11')).toBe('2026-12');
  expect(startingMonth(groups, '2027-04')).toBe('2027-03');
  expect(startingMonth([], '2026-11')).toBe('2026-11');
});

test('what a month does not show is counted beside it', () => {
  expect(elsewhereOf(groups, '2026-11')).toEqual({
    earlier: { month: '2026-10', count: 3 },
    later: { month: '2026-12', count: 24 },
    undated: 4,
  });
  expect(elsewhereOf(groups.slice(1, 2), '2026-09')).toEqual({ undated: 0 });
});

test('keys walk days, weeks and months', () => {
  const from = (key: string) => nextDay(key, '2026-10-31', 'ru-RU');
  expect(from('ArrowRight')).toBe('2026-11-01');
  expect(from('ArrowUp')).toBe('2026-10-24');
  expect(from('PageDown')).toBe('2026-11-30');
  expect(from('Home')).toBe('2026-10-26');
  expect(from('End')).toBe('2026-11-01');
  expect(from('Enter')).toBeUndefined();
});
