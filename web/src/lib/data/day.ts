import { queryOptions } from '@tanstack/react-query';
import type { components } from '../api';
import { addDays, type Day } from '../dates';
import { all, before, flag, from, is, not, upTo } from '../filter';
import { api, body } from '../http';
import {
  countQuery,
  type ListReply,
  largestPage,
  type Resource,
  rowsOf,
  rowsQuery,
} from '../list/resource';
import { dealListQuery, dealResource, present } from './deals';
import { taskResource } from './tasks';

type Schemas = components['schemas'];
type With<T, K extends keyof T> = T & Required<Pick<T, K>>;
export type DayPayment = With<Schemas['Payment'], 'id' | 'type' | 'status' | 'planned_date'>;

const payments: Resource<DayPayment> = {
  name: 'payments',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/payments', { params: { query: present(query) } })),
};
const policies: Resource<{ id: string }> = {
  name: 'policies',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/policies', { params: { query: present(query) } })),
};

/** What somebody has to do, soonest first. */
export const openTasksQuery = (assignee: string) =>
  rowsQuery(taskResource, {
    filter: all(is('assignee_id', assignee), flag('open', true)),
    order_by: 'due',
    page_size: largestPage,
  });

const waited = all(flag('voided', false), '(status = "planned" OR status = "expected")');

/** What clients owe for one's own deals until this day. */
export const duePremiumsQuery = (lead: string, until: Day) =>
  rowsQuery(payments, {
    filter: all(
      is('lead_agent_id', lead),
      is('type', 'client_premium'),
      waited,
      upTo('planned_date', until),
    ),
    order_by: 'planned_date',
    page_size: largestPage,
  });

/** What only finance can confirm, and what should have come. */
export const toConfirmQuery = rowsQuery(payments, {
  filter: all(is('status', 'expected'), flag('voided', false)),
  order_by: 'planned_date',
});
export const overduePaymentsQuery = rowsQuery(payments, {
  filter: all(is('status', 'planned'), flag('overdue', true), flag('voided', false)),
  order_by: 'planned_date',
});

/** The deals that an executor calculates or issues, soonest first. */
export const queueQuery = (executor: string) =>
  dealListQuery({
    filter: all(is('executor_id', executor), '(status = "calculation" OR status = "issuance")'),
    order_by: 'deadline_on',
  });

export type RiskyPolicy = With<Schemas['Policy'], 'id' | 'effective_to'>;
const shownAtRisk = 5;

/** The largest that end within thirty days, with nothing that continues them. */
export const atRiskQuery = (today: Day) =>
  queryOptions({
    queryKey: ['policies', 'whole', 'at_risk', today],
    queryFn: async () => {
      const reply = await policies.list({
        filter: all(
          '(status = "active" OR status = "renewal_pending")',
          'successor_id = null',
          from('effective_to', today),
          upTo('effective_to', addDays(today, 30)),
        ),
        order_by: 'premium desc',
        page_size: shownAtRisk,
      });
      return rowsOf<RiskyPolicy>('policies', reply);
    },
  });

/** Money that is to come or go within a week, by type; of one lead or of everybody seen. */
export const moneyOfWeekQuery = (today: Day, lead: string | undefined) =>
  countQuery(payments, {
    filter: all(
      is('lead_agent_id', lead),
      waited,
      from('planned_date', today),
      upTo('planned_date', addDays(today, 7)),
    ),
    group_by: 'type',
  });

/** Policies that end between two days and have no successor yet. */
export const endingQuery = (first: Day, last: Day, member: string | undefined) =>
  countQuery(policies, {
    filter: all(
      is('member_id', member),
      '(status = "active" OR status = "renewal_pending")',
      'NOT successor_id:*',
      from('effective_to', first),
      upTo('effective_to', last),
    ),
    group_by: 'status',
  });

/** How many tasks each colleague has open, and how many of them are late. */
export const taskLoadQuery = (overdue: boolean) =>
  countQuery(taskResource, {
    filter: all(flag('open', true), overdue && flag('overdue', true)),
    group_by: 'assignee_id',
  });

/** How many open deals each lead has. */
export const dealLoadQuery = countQuery(dealResource, {
  filter: all(not('status', 'closed')),
  group_by: 'lead_agent_id',
});

export const lateDealsQuery = (today: Day) =>
  countQuery(dealResource, {
    filter: all(not('status', 'closed'), before('deadline_on', today)),
    group_by: 'lead_agent_id',
  });
/** Deals that nobody will be reminded of. */
export const undatedDealsQuery = countQuery(dealResource, {
  filter: all(not('status', 'closed'), 'NOT deadline_on:*'),
});

export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'counts'],
  queryFn: () =>
    body<{ unread?: number; mentions?: number }>(api.GET('/api/v1/notifications/counts')),
});
