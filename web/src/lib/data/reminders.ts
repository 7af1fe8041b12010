import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../http';
import type { Reminder, ReminderCount, ReminderRule } from '../types';
import { present } from './deals';

interface ReminderPage {
  reminders?: Reminder[];
  counts?: ReminderCount[];
  next_page_token?: string;
  missing?: string[];
}

/** How many of each rule the clock will tell on each day, were nothing to change until then. */
export const reminderCountsQuery = (days: number) =>
  queryOptions({
    queryKey: ['reminders', 'counts', days],
    queryFn: () =>
      body<ReminderPage>(
        api.GET('/api/v1/reminders', { params: { query: { days, page_size: 1 } } }),
      ),
    staleTime: 0,
  });

export interface OneDay {
  on: string;
  rule: ReminderRule;
}
export const remindersQuery = ({ on, rule }: OneDay) =>
  infiniteQueryOptions({
    queryKey: ['reminders', 'list', on, rule],
    queryFn: ({ pageParam }) =>
      body<ReminderPage>(
        api.GET('/api/v1/reminders', {
          params: { query: present({ days: 90, on, rule, page_size: 50, page_token: pageParam }) },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
    staleTime: 0,
  });
