import type { Task, TaskStatus } from '@/lib/types';

/** Why a task may not go to a status now; nothing when it may. */
export type Refusal =
  | 'same'
  | 'new_is_first'
  | 'cancelled_is_final'
  | 'done_is_returned'
  | 'started_first'
  | 'only_assignee'
  | 'only_author';

/** The steps there are, and who takes them; the server says which of them this caller may. */
const movers: Record<string, 'assignee' | 'author'> = {
  'new in_progress': 'assignee',
  'new cancelled': 'author',
  'in_progress cancelled': 'author',
  'in_progress done': 'assignee',
  'done in_progress': 'author',
};

export function refusal(task: Task, status: TaskStatus): Refusal | undefined {
  if (task.status === status) return 'same';
  if (task.allowed_statuses?.includes(status)) return undefined;
  if (status === 'new') return 'new_is_first';
  if (task.status === 'cancelled') return 'cancelled_is_final';
  if (task.status === 'done' && status === 'cancelled') return 'done_is_returned';
  if (task.status === 'new' && status === 'done') return 'started_first';
  return movers[`${task.status} ${status}`] === 'assignee' ? 'only_assignee' : 'only_author';
}
