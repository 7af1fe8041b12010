import { type Day, dayOf, formatTime } from '@/lib/dates';
import type { Task } from '@/lib/types';
import { instantOf } from '@/parts/tasks/due';
import { type TaskWords, wordsOf } from './word_fields';

type Reminder = NonNullable<Task['reminders']>[number];
export type Every = 'none' | NonNullable<Task['recurrence']>['every'];

export interface TaskForm extends TaskWords {
  due_on: Day | undefined;
  /** Hours and minutes in the agency's zone; empty: the whole day. */
  time: string;
  every: Every;
  interval: string;
  start: 'when_done' | 'on_date';
  until: Day | undefined;
}

export const formOf = (task: Task, zone: string): TaskForm => ({
  ...wordsOf(task),
  due_on: task.due_on ?? (task.due_at ? dayOf(task.due_at, zone) : undefined),
  time: task.due_at ? formatTime(task.due_at, 'ru-RU', zone) : '',
  every: task.recurrence?.every ?? 'none',
  interval: String(task.recurrence?.interval || 1),
  start: task.recurrence?.start ?? 'when_done',
  until: task.recurrence?.until,
});

export const isTime = (text: string) => /^([01]?\d|2[0-3]):[0-5]\d$/.test(text.trim());

/** What the API is sent: a due day or a due time, and a series as a whole. */
export function sent(changed: Partial<TaskForm>, all: TaskForm, zone: string): object {
  const has = (...fields: (keyof TaskForm)[]) => fields.some((field) => field in changed);
  const { due_on, time } = all;
  const due =
    due_on && time.trim()
      ? { due_at: instantOf(due_on, time, zone), due_on: null }
      : { due_on: due_on ?? null, due_at: null };
  const recurrence =
    all.every === 'none'
      ? null
      : {
          every: all.every,
          interval: Number(all.interval),
          start: all.start,
          ...(all.until && { until: all.until }),
        };
  return {
    ...(has('subject') && { subject: all.subject }),
    ...(has('description') && { description: all.description || null }),
    ...(has('priority') && { priority: all.priority }),
    ...(has('due_on', 'time') && due),
    ...(has('every', 'interval', 'start', 'until') && { recurrence }),
    ...(has('reminders') && { reminders: all.reminders.map(oneOf) }),
  };
}

/** Days or minutes: the contract takes one of them. */
export const oneOf = ({ days, minutes }: Reminder) => (days ? { days } : { minutes });
