import type { Condition, Filter } from '@/lib/list/filter';
import { firstDay, lastDay, type Month, monthAfter } from '@/lib/month';

export const groupings = ['month', 'insurer_id', 'product', 'lead_agent_id'] as const;
export type ReportGrouping = (typeof groupings)[number];
export interface ReportSearch {
  by?: ReportGrouping;
  /** Months, both included. */
  from?: Month;
  to?: Month;
  /** The filter, as the chips say it. */
  f?: string;
}
const month = (value: unknown): Month | undefined =>
  typeof value === 'string' && /^20\d{2}-(0[1-9]|1[0-2])$/.test(value) ? value : undefined;

export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const by = groupings.find((name) => name === search.by);
  const [from, to] = [month(search.from), month(search.to)];
  const f = typeof search.f === 'string' && search.f;
  return { ...(by && { by }), ...(from && { from }), ...(to && { to }), ...(f && { f }) };
}

/** The last twelve months, this one included, unless the address says otherwise. */
export const monthsOf = ({ from, to }: ReportSearch, now: Month) => {
  const last = to ?? now;
  const first = from ?? monthAfter(last, -11);
  return first <= last ? { first, last } : { first: last, last: first };
};

/** The longest time that a report counts over. */
export const mostMonths = 24;
export const lengths = [3, 6, 12, mostMonths] as const;
export const lengthOf = ({ first, last }: { first: Month; last: Month }): number => {
  const [year = 0, month = 0] = first.split('-').map(Number);
  const [lastYear = 0, lastMonth = 0] = last.split('-').map(Number);
  return (lastYear - year) * 12 + lastMonth - month + 1;
};

export const outcomes = ['renewed', 'lapsed', 'open'] as const;
export type Outcome = (typeof outcomes)[number];

/** The list behind a bar: the same policies by the same conditions. */
export function listBehind(
  row: { by: ReportGrouping; value: string },
  outcome: Outcome | undefined,
  period: { first: Month; last: Month },
  narrowed: Filter = [],
): Filter {
  const months = row.by === 'month' ? { first: row.value, last: row.value } : period;
  const filter: Condition[] = [
    {
      field: 'effective_to',
      op: 'between',
      values: [firstDay(months.first), lastDay(months.last)],
    },
    { field: 'status', op: 'not', values: ['draft'] },
    ...conditionsOf[outcome ?? 'all'],
  ];
  if (row.by !== 'month' && row.value) {
    filter.push({ field: row.by, op: 'is', values: [row.value] });
  }
  return [...filter.map((condition) => [condition]), ...narrowed];
}
const conditionsOf: Record<Outcome | 'all', Condition[]> = {
  all: [{ field: 'renewal_state', op: 'not', values: ['ended'] }],
  renewed: [{ field: 'renewal_state', op: 'is', values: ['renewed'] }],
  lapsed: [
    { field: 'renewal_state', op: 'not', values: ['renewed', 'ended'] },
    { field: 'effective_to', op: 'before', values: ['today'] },
  ],
  open: [
    { field: 'renewal_state', op: 'not', values: ['renewed', 'ended'] },
    { field: 'effective_to', op: 'from', values: ['today'] },
  ],
};
