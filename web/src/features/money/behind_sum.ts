import type { PaymentType, PlanFactRow } from '@/lib/data/payments';
import type { Condition, Filter } from '@/lib/list/filter';
import { firstDay, lastDay } from '@/lib/month';
import type { Measure } from './plan_fact_table';
import type { PlanGrouping } from './search';

const is = (field: string, ...values: string[]): Condition => ({ field, op: 'is', values });
const measured: Record<Measure, Condition[]> = {
  planned: [],
  received: [is('status', 'received', 'paid_out')],
  overdue: [is('overdue', 'true')],
  paid_out: [is('status', 'paid_out')],
};

/** The payments that a sum of plan and fact is of; those of the whole year without a row. */
export function paymentsOf(
  year: number,
  group: PlanGrouping,
  type: PaymentType,
  measure: Measure,
  row?: PlanFactRow,
): Filter {
  const value = row?.value;
  const month = group === 'month' && value ? value : undefined;
  const values = month
    ? [firstDay(month), lastDay(month)]
    : [firstDay(`${year}-01`), lastDay(`${year}-12`)];
  const conditions: Condition[] = [
    is('type', type),
    { field: 'planned_date', op: 'between', values },
    is('voided', 'false'),
    ...(value && !month ? [is(group, value)] : []),
    ...measured[measure],
  ];
  return conditions.map((condition) => [condition]);
}
