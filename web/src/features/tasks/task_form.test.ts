import { expect, test } from 'vitest';
import type { Task } from '@/lib/types';
import { dueOnDay, instantOf } from '@/parts/tasks/due';
import { formOf, isTime, sent } from './task_form';

const zone = 'Europe/Moscow';
const task: Task = {
  id: '1',
  number: '2026-1',
  subject: 'рассчитать',
  status: 'new',
  priority: 'normal',
  version: 1,
  due_at: '2026-11-24T12:00:00Z',
  recurrence: { every: 'weekly', interval: 2, start: 'on_date', until: '2027-01-31' },
  reminders: [{ days: 0, minutes: 60 }],
};

test('a time is the agency’s, whatever zone the browser is in', () => {
  expect(instantOf('2026-11-24', '9:05', zone)).toBe('2026-11-24T06:05:00.000Z');
  expect(formOf(task, zone)).toMatchObject({ due_on: '2026-11-24', time: '15:00' });
});

test('hours and minutes, nothing else', () => {
  expect(['9:05', '23:59', '00:00'].every(isTime)).toBe(true);
  expect(['24:00', '9', '9:5', 'полдень'].some(isTime)).toBe(false);
});

test('only what was changed is sent; a due day takes the place of a time', () => {
  const form = formOf(task, zone);

  expect(sent({ subject: 'x' }, { ...form, subject: 'x' }, zone)).toEqual({ subject: 'x' });
  expect(sent({ time: '' }, { ...form, time: '' }, zone)).toEqual({
    due_on: '2026-11-24',
    due_at: null,
  });
  expect(sent({ time: '16:30' }, { ...form, time: '16:30' }, zone)).toEqual({
    due_on: null,
    due_at: '2026-11-24T13:30:00.000Z',
  });
});

test('a series goes as a whole, and ends with none', () => {
  const form = formOf(task, zone);

  expect(sent({ interval: '3' }, { ...form, interval: '3' }, zone)).toEqual({
    recurrence: { every: 'weekly', interval: 3, start: 'on_date', until: '2027-01-31' },
  });
  expect(sent({ every: 'none' }, { ...form, every: 'none' }, zone)).toEqual({ recurrence: null });
});

test('a reminder is of days or of minutes', () => {
  const reminders = [
    { days: 1, minutes: 0 },
    { days: 0, minutes: 15 },
  ];

  expect(sent({ reminders }, { ...formOf(task, zone), reminders }, zone)).toEqual({
    reminders: [{ days: 1 }, { minutes: 15 }],
  });
});

test('a task moved to another day keeps its time, also over a change of the clocks', () => {
  const at = (due_at: string | undefined) => ({ due_at }) as Task;
  expect(dueOnDay(at(undefined), '2026-12-01', 'Europe/Moscow')).toEqual({ due_on: '2026-12-01' });
  expect(dueOnDay(at('2026-10-24T13:00:00Z'), '2026-10-26', 'Europe/Berlin')).toEqual({
    due_at: '2026-10-26T14:00:00.000Z',
  });
});
