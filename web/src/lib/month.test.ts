import { expect, test } from 'vitest';
import {
  inMonths,
  isDayOff,
  lastDay,
  monthAfter,
  monthText,
  weekdays,
  weekEnd,
  weeksOf,
} from './month';

test('weeks hold the whole month, from Monday or Sunday by the language', () => {
  const november = weeksOf('2026-11', 'ru-RU');

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
  expect(weeksOf('2027-02', 'en-GB')).toHaveLength(4);
  expect(weeksOf('2026-11', 'en-US')[0]?.[0]).toBe('2026-11-01');
  expect(weekEnd('2026-11-23', 'ru-RU')).toBe('2026-11-29');
  expect(isDayOff('2026-11-28', 'ru-RU')).toBe(true);
  expect(isDayOff('2026-11-27', 'ru-RU')).toBe(false);
});

test('months follow each other over the year', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
  expect(inMonths('2026-10-31', 1)).toBe('2026-11-30');
  expect(lastDay('2028-02')).toBe('2028-02-29');
});

test('months and weekdays are said in the language of the user', () => {
  expect(monthText('2026-11', 'ru')).toBe('ноябрь 2026 г.');
  expect(weekdays('ru-RU')).toEqual(['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']);
  expect(weekdays('en-US')[0]).toBe('Sun');
});
