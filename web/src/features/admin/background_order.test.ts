import { expect, test } from 'vitest';
import type { BackgroundJob } from '@/lib/types';
import { inOrder, needsLook } from './background_order';

const job = (service: string, name: string, more: Partial<BackgroundJob> = {}): BackgroundJob => ({
  service,
  name,
  state: 'well',
  period_seconds: 1,
  failures: 0,
  took_ms: 1,
  set_aside_count: 0,
  ...more,
});

test('what fails, is late or left rows out stands first', () => {
  const jobs = [
    job('tasks', 'b'),
    job('crm', 'late', { state: 'late' }),
    job('auth', 'a'),
    job('tasks', 'rows', { set_aside_count: 2 }),
    job('audit', 'failing', { state: 'failing' }),
  ];

  expect(inOrder(jobs).map(({ name }) => name)).toEqual(['failing', 'late', 'rows', 'a', 'b']);
  expect(needsLook(job('crm', 'new', { state: 'waiting' }))).toBe(false);
});
