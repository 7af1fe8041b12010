import { expect, test } from 'vitest';
import { lastDay, monthAfter, monthText, weekdays, weeksOf } from './month';

test('weeks start on Monday and hold the whole month', () => {
  const november = weeksOf('2026-11');

  expect(november).toHaveLength(6);
  expect(november[0]).toEqual([
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
    '2026-10-31',
    '2026-11-01',
  ]);
  expect(november[5]?.[0]).toBe('2026-11-30');
  expect(weeksOf('2027-02')).toHaveLength(4);
});

test('months follow each other over the year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
  expect(lastDay('2028-02')).toBe('2028-02-29');
});

test('months and weekdays are said in the language of the user', () => {
  expect(monthText('2026-11', 'ru')).toBe('ноябрь 2026 г.');
  expect(weekdays('ru')).toEqual(['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']);
});
