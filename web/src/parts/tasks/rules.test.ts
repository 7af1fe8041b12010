import { expect, test } from 'vitest';
import { type Task, type TaskStatus, taskStatuses } from '@/lib/types';
import { refusal } from './rules';

const task = (status: TaskStatus, ...allowed_statuses: TaskStatus[]): Task => ({
  id: '1',
  number: '2026-1',
  subject: 'рассчитать',
  status,
  priority: 'normal',
  version: 1,
  allowed_statuses,
});

test('what the server allows is not refused, all else says why', () => {
  const why = (of: Task) => taskStatuses.map((status) => refusal(of, status));

  expect(why(task('new', 'in_progress', 'cancelled'))).toEqual([
    'same',
    undefined,
    'started_first',
    undefined,
  ]);
  expect(why(task('in_progress'))).toEqual([
    'new_is_first',
    'same',
    'only_assignee',
    'only_author',
  ]);
  expect(why(task('done'))).toEqual(['new_is_first', 'only_author', 'same', 'done_is_returned']);
  expect(why(task('cancelled'))).toEqual([
    'new_is_first',
    'cancelled_is_final',
    'cancelled_is_final',
    'same',
  ]);
});
