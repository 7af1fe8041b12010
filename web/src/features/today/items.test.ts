import { expect, test } from 'vitest';
import type { DayPayment } from '@/lib/data/day';
import type { Deal, Task } from '@/lib/types';
import { dayItems, groupItems } from './items';

const today = '2026-11-23';
const zone = 'Europe/Moscow';
const deal = (id: string, date?: string, more: object = {}) =>
  ({ id, ...(date && { deadline: { date, reason: 'next_review', ...more } }) }) as Deal;
const task = (id: string, due: object) => ({ id, ...due }) as Task;
const payment = (id: string, planned_date: string, waiting_on = 'client') =>
  ({ id, planned_date, waiting_on }) as DayPayment;
const ids = (groups: ReturnType<typeof groupItems>) =>
  [...groups].map(([name, items]) => [name, items.map(({ id }) => id)]);

test('deals, tasks and payments stand together under the pressure of their time', () => {
  const items = dayItems(
    {
      deals: [deal('d1', '2026-11-20'), deal('d2', '2026-12-30'), deal('d3')],
      tasks: [task('t1', { due_on: today }), task('t2', {})],
      payments: [payment('p1', '2026-11-24'), payment('p2', '2026-11-22')],
    },
    zone,
  );

  expect(ids(groupItems(items, today, 'agent'))).toEqual([
    ['overdue', ['d1', 'p2']],
    ['today', ['t1']],
    ['later', ['d2']],
    ['waiting', ['p1']],
  ]);
});

test('a time belongs to the day of the agency, not of Greenwich', () => {
  const late = task('t', { due_at: '2026-11-23T21:30:00Z' });

  const [item] = dayItems({ deals: [], tasks: [late], payments: [] }, zone);

  expect(item?.day).toBe('2026-11-24');
});

test('a deal that is due because of a task shown beside it is not said twice', () => {
  const deals = [deal('d', today, { reason: 'task', subject: 't' })];

  const items = dayItems({ deals, tasks: [task('t', { due_on: today })], payments: [] }, zone);

  expect(items.map(({ id }) => id)).toEqual(['t']);
});

test('whose move it is depends on who looks', () => {
  const items = dayItems(
    { deals: [deal('d', '2026-11-24', { waiting_on: 'executor' })], tasks: [], payments: [] },
    zone,
  );

  expect(ids(groupItems(items, today, 'agent'))).toEqual([['waiting', ['d']]]);
  expect(ids(groupItems(items, today, 'executor'))).toEqual([['tomorrow', ['d']]]);
});
