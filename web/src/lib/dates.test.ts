import { describe, expect, test } from 'vitest';
import { addDays, dayOf, daysBetween, dueKind, formatDay, formatInstant } from './dates';

const today = '2026-11-23';

test('days are counted over the end of a year', () => {
  expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
  expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
});

test.each([
  ['2026-11-20', 'overdue'],
  ['2026-11-23', 'today'],
  ['2026-11-24', 'tomorrow'],
  ['2026-11-30', 'soon'],
  ['2026-12-01', 'later'],
])('%s is %s', (day, kind) => {
  expect(dueKind(day, today)).toBe(kind);
});

describe('formats', () => {
  test('a day in Russian has no «г.»', () => {
    expect(formatDay('2026-11-27', 'ru-RU')).toBe('27 ноября 2026');
    expect(formatDay('2026-11-27', 'ru-RU', 'short')).toBe('27 нояб.');
    expect(formatDay('2026-11-27', 'ru-RU', 'numeric')).toBe('27.11.2026');
  });

  test('an instant shows in the zone of the agency', () => {
    expect(dayOf('2026-11-23T22:30:00Z', 'Europe/Moscow')).toBe('2026-11-24');
    expect(formatInstant('2026-11-23T08:42:00Z', 'ru-RU', 'Europe/Moscow', today)).toBe('11:42');
    expect(formatInstant('2026-11-21T08:42:00Z', 'ru-RU', 'Europe/Moscow', today)).toBe(
      '21 нояб., 11:42',
    );
  });
});

test('a day loses the word for a year, and August keeps its own letters', () => {
  expect(formatDay('2026-11-27', 'ru-RU')).toBe('27 ноября 2026');
  expect(formatDay('2026-08-28', 'ru-RU', 'short')).toBe('28 авг.');
});
