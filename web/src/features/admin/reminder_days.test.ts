import { expect, test } from 'vitest';
import { daysOf } from './reminder_days';

test('what several services answer becomes days in order, each rule once', () => {
  const days = daysOf([
    { fires_on: '2026-11-25', rule: 'payment_due', offset_days: -3, count: 4 },
    { fires_on: '2026-11-25', rule: 'payment_due', offset_days: 0, count: 2 },
    { fires_on: '2026-11-24', rule: 'task_due', offset_days: 0, count: 1 },
    { fires_on: '2026-11-25', rule: 'task_overdue', offset_days: 1, count: 3 },
  ]);

  expect(days.map(({ on, count }) => [on, count])).toEqual([
    ['2026-11-24', 1],
    ['2026-11-25', 9],
  ]);
  expect(days[1]?.rules.map(({ rule, count }) => [rule, count])).toEqual([
    ['payment_due', 6],
    ['task_overdue', 3],
  ]);
});
