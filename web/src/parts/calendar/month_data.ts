import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Day } from '@/lib/dates';
import {
  countQuery,
  type ListGroupCount,
  type ListQuery,
  largestPage,
  type Resource,
  rowsOf,
  rowsQuery,
} from '@/lib/list/resource';
import { firstDay, lastDay, type Month, monthOf } from '@/lib/month';

/** A list by the days of one of its dates. */
export interface Dated<Row> {
  resource: Resource<Row>;
  /** The date, as the list is filtered and grouped by it. */
  field: string;
  /** Without the conditions of the calendar. */
  query: ListQuery;
  today: Day;
  /** Absent: the nearest one with something in it. */
  month: Month | undefined;
}
export interface Elsewhere {
  /** The nearest month with something in it, and how much there is on that side. */
  earlier?: { month: Month; count: number };
  later?: { month: Month; count: number };
  /** What has no such date. */
  undated: number;
}

/** All days of a month by their counts and sums, and how much there is besides. */
export function useMonthData<Row>(dated: Dated<Row>) {
  const { resource, field, query, today } = dated;
  const whole = { filter: query.filter, q: query.q, order_by: field };
  const months = useQuery(countQuery(resource, { ...whole, group_by: `${field}.month` }));
  const groups = months.data?.groups ?? [];
  const known = dated.month !== undefined || !months.isPending;
  const month = dated.month ?? startingMonth(groups, monthOf(today));
  const days = useQuery({
    ...countQuery(resource, {
      ...whole,
      filter: inMonth(query.filter, field, month),
      group_by: field,
    }),
    enabled: known,
  });
  return {
    month: known ? month : undefined,
    days,
    count: (days.data?.groups ?? []).reduce((sum, group) => sum + (group.count ?? 0), 0),
    elsewhere: elsewhereOf(groups, month),
    nothing: months.data?.total_size === 0,
  };
}

/** The rows of a month, when there are few enough to show them by their days. */
export function useMonthRows<Row>(dated: Dated<Row>, month: Month, count: number, shown: boolean) {
  const { resource, field, query } = dated;
  const few = shown && count > 0 && count <= largestPage;
  const rows = useInfiniteQuery({
    ...rowsQuery<Row>(resource, {
      filter: inMonth(query.filter, field, month),
      q: query.q,
      order_by: field,
      page_size: largestPage,
    }),
    enabled: few,
  });
  const page = few ? rows.data?.pages[0] : undefined;
  return page ? rowsOf<Row>(resource.name, page) : [];
}

const inMonth = (filter: string | undefined, field: string, month: Month) =>
  [filter, `${field} >= "${firstDay(month)}"`, `${field} <= "${lastDay(month)}"`]
    .filter(Boolean)
    .join(' AND ');

const dated = (groups: ListGroupCount[]) =>
  groups.flatMap(({ value, count = 0 }) => (value ? [{ month: value, count }] : []));

/** This month or the nearest one after it with something in it; else the last one before. */
export function startingMonth(groups: ListGroupCount[], now: Month): Month {
  const months = dated(groups).map(({ month }) => month);
  return months.find((month) => month >= now) ?? months.at(-1) ?? now;
}

export function elsewhereOf(groups: ListGroupCount[], shown: Month): Elsewhere {
  const all = dated(groups);
  const side = (there: typeof all, nearest: number) => {
    const found = there.at(nearest);
    if (!found) return undefined;
    return { month: found.month, count: there.reduce((sum, { count }) => sum + count, 0) };
  };
  const earlier = side(
    all.filter(({ month }) => month < shown),
    -1,
  );
  const later = side(
    all.filter(({ month }) => month > shown),
    0,
  );
  const undated = groups.find(({ value }) => !value)?.count ?? 0;
  return { ...(earlier && { earlier }), ...(later && { later }), undated };
}
