import { type Condition, type Filter, withCondition } from '@/lib/list/filter';

/** The ends of policies that a tab of renewals can be narrowed to, by days. */
const windows: Record<string, Record<number, [string, string]>> = {
  expiring: { 30: ['today', '+30'], 7: ['today', '+7'] },
  soon: { 90: ['+31', '+90'], 60: ['+31', '+60'] },
  lapsed: {
    90: ['-90', '-1'],
    60: ['-60', '-1'],
    30: ['-30', '-1'],
    7: ['-7', '-1'],
  },
};

export const daysOf = (view: string): number[] =>
  Object.keys(windows[view] ?? {})
    .map(Number)
    .sort((a, b) => b - a);

const aboutEnd = (clause: Condition[]) => clause.every(({ field }) => field === 'effective_to');

/** The filter with another window of days in place of the one it has. */
export const withWindow = (filter: Filter, view: string, days: number): Filter => {
  const values = windows[view]?.[days];
  return values ? withCondition(filter, { field: 'effective_to', op: 'between', values }) : filter;
};
/** How many days the filter shows now; nothing for a choice of one's own. */
export function windowIn(filter: Filter, view: string): number | undefined {
  const [end, other] = filter.filter(aboutEnd);
  const [condition, alternative] = end ?? [];
  if (other || alternative || condition?.op !== 'between') return undefined;
  return daysOf(view).find((days) => windows[view]?.[days]?.join() === condition.values.join());
}
