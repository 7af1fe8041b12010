import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Leaning, readDay } from './typed_day';

const today = '2026-11-23';
const table = readFileSync('../services/tasks/src/parse/typed_days.inc', 'utf8');
const examples = [...table.matchAll(/^TypedDay\{"(.*)", "(.*)", "(.*)"\},$/gm)].map(
  ([, at = '', typed = '', days = '']) => [typed, at, days] as const,
);

test('the table of examples is read whole', () => {
  expect(examples.length).toBe((table.match(/^TypedDay/gm) ?? []).length);
  expect(examples.length).toBeGreaterThan(70);
});

test.each(examples)(
  '%s typed on %s is the day %s that the line of a task takes',
  (typed, at, days) => {
    const read = readDay(typed, at);
    const [first, second] = days.split(' ');
    if (second) expect(read).toEqual({ problem: 'which', days: [first, second] });
    else expect(read).toEqual(first ? { day: first } : { problem: 'no_such' });
  },
);

describe('a field takes more than a line, for nothing else stands in it', () => {
  test.each([
    ['27/11/2026', '2026-11-27'],
    ['27,11,26', '2026-11-27'],
    ['27-11-2026', '2026-11-27'],
    ['27.11.', '2026-11-27'],
    ['1.3', '2027-03-01'],
    ['2026.11.27', '2026-11-27'],
    ['вчера', '2026-11-22'],
    ['27 ноября 27', '2027-11-27'],
    ['  +1\u00a0год ', '2027-11-23'],
  ])('%s', (typed, day) => {
    expect(readDay(typed, today)).toEqual({ day });
  });
});

test.each([
  ['', 'unknown'],
  ['когда-нибудь', 'unknown'],
  ['27', 'unknown'],
  ['27.11 или 28.11', 'unknown'],
  ['+1 квартал', 'unknown'],
  ['+3 дня или неделя', 'unknown'],
  ['через', 'unknown'],
  ['через 3', 'unknown'],
  ['завтра утром', 'unknown'],
  ['11/27/2026', 'no_such'],
  ['32.1', 'no_such'],
  ['01.02.0202', 'far'],
  ['01.02.2500', 'far'],
  ['+999 лет', 'far'],
])('%s is refused: %s', (typed, problem) => {
  expect(readDay(typed, today)).toEqual({ problem });
});

describe('without its year a day is the one that the field is about', () => {
  test.each<[string, Leaning, string]>([
    ['22.11', 'coming', '2027-11-22'],
    ['22.11', 'past', '2026-11-22'],
    ['22.11', 'nearest', '2026-11-22'],
    ['24.11', 'past', '2025-11-24'],
    ['24.11', 'nearest', '2026-11-24'],
    ['1 января', 'nearest', '2027-01-01'],
    ['29.02', 'past', '2024-02-29'],
    ['23.11', 'past', '2026-11-23'],
    ['пятница', 'past', '2026-11-20'],
    ['пятница', 'nearest', '2026-11-27'],
  ])('%s, %s', (typed, leaning, day) => {
    expect(readDay(typed, today, leaning)).toEqual({ day });
  });

  test('and today’s own weekday is asked about', () => {
    const days = ['2026-11-23', '2026-11-16'];
    expect(readDay('понедельник', today, 'past')).toEqual({ problem: 'which', days });
  });
});

describe('a birth was', () => {
  test.each([
    ['01.02.57', '1957-02-01'],
    ['1 февраля 57', '1957-02-01'],
    ['01.02.1957', '1957-02-01'],
    ['23.11.26', '2026-11-23'],
    ['24.11.26', '1926-11-24'],
    ['31.12.99', '1999-12-31'],
    ['01.01.00', '2000-01-01'],
    ['29.02.00', '2000-02-29'],
    ['вчера', '2026-11-22'],
  ])('%s', (typed, day) => {
    expect(readDay(typed, today, 'birth')).toEqual({ day });
  });

  test.each([
    ['24.11.2026', 'not_born'],
    ['01.02.2057', 'not_born'],
    ['завтра', 'not_born'],
    ['+1 год', 'not_born'],
    ['01.02', 'no_year'],
    ['1 февраля', 'no_year'],
    ['01.02.1857', 'far'],
    ['29.02.57', 'no_such'],
    ['30.02', 'no_such'],
  ])('%s is refused: %s', (typed, problem) => {
    expect(readDay(typed, today, 'birth')).toEqual({ problem });
  });
});
