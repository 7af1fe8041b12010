import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyOf, type PaymentType, type PlanFactRow } from '@/lib/data/payments';
import { toMinor } from '@/lib/money';
import { moneyText } from '@/parts/payment_bits';
import { cx } from '@/ui/cx';

const measures = ['planned', 'received', 'overdue', 'paid_out'] as const;
export type Measure = (typeof measures)[number];

interface PlanFactTableProps {
  label: string;
  rows: PlanFactRow[];
  totals: PlanFactRow[];
  types: readonly PaymentType[];
  nameOf: (row: PlanFactRow) => ReactNode;
  /** The filter of the payments that a sum is of; of all groups without a row. */
  filterOf: (type: PaymentType, measure: Measure, row?: PlanFactRow) => string | undefined;
  /** With what the agency keeps: commission less discounts and fees. */
  kept?: boolean;
}
/** Plan against fact: a row a group, four sums a type. */
export function PlanFactTable(props: PlanFactTableProps) {
  const { label, rows, totals, nameOf, filterOf, kept } = props;
  const types = props.types.filter((type) => isSeen(type, totals));
  const { t } = useTranslation('money');
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <table aria-label={label} className="min-w-full border-collapse">
        <thead className="sticky top-0 z-10 bg-surface text-small text-ink2 shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            <th
              scope="col"
              rowSpan={2}
              className="sticky left-0 bg-surface px-5 py-2 text-left font-medium shadow-[inset_0_-1px_0_var(--line)] max-md:px-4"
            >
              {t('group')}
            </th>
            {types.map((type) => (
              <th
                key={type}
                scope="colgroup"
                colSpan={measures.length}
                className="border-l border-line px-2 py-1 text-left font-medium"
              >
                {t(`type_is.${type}`)}
              </th>
            ))}
            {kept && (
              <th
                scope="colgroup"
                colSpan={2}
                className="border-l border-line px-2 py-1 text-left font-medium"
              >
                {t('kept')}
              </th>
            )}
          </tr>
          <tr>
            {types.map((type) =>
              measures.map((measure, at) => (
                <th
                  key={type + measure}
                  scope="col"
                  className={cx(
                    'px-2 py-1 text-right font-medium whitespace-nowrap',
                    at === 0 && 'border-l border-line',
                  )}
                >
                  {t(`measure.${measure}`)}
                </th>
              )),
            )}
            {kept && (
              <>
                <th scope="col" className="border-l border-line px-2 text-right font-medium">
                  {t('measure.planned')}
                </th>
                <th scope="col" className="px-2 pr-5 text-right font-medium">
                  {t('measure.fact')}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Sums
              key={`${row.value}${row.currency}`}
              row={row}
              name={nameOf(row)}
              types={types}
              filterOf={(type, measure) => filterOf(type, measure, row)}
              kept={kept}
            />
          ))}
        </tbody>
        <tfoot>
          {totals.map((row) => (
            <Sums
              key={row.currency}
              row={row}
              name={t('total')}
              types={types}
              filterOf={filterOf}
              kept={kept}
              strong
            />
          ))}
        </tfoot>
      </table>
    </div>
  );
}

/** Discounts and fees are rare: without any they take no room from what the agency keeps. */
const isSeen = (type: PaymentType, totals: PlanFactRow[]) =>
  type === 'client_premium' ||
  type === 'commission_income' ||
  totals.some(({ types }) => types?.some((cell) => cell.type === type && cell.count));

interface SumsProps {
  row: PlanFactRow;
  name: ReactNode;
  types: readonly PaymentType[];
  filterOf: (type: PaymentType, measure: Measure) => string | undefined;
  kept?: boolean | undefined;
  strong?: boolean;
}
function Sums({ row, name, types, filterOf, kept, strong }: SumsProps) {
  return (
    <tr className={cx('h-(--row) border-b border-line', strong && 'font-semibold')}>
      <th
        scope="row"
        className={cx(
          'sticky left-0 bg-surface px-5 text-left whitespace-nowrap max-md:px-4',
          strong ? 'font-semibold' : 'font-medium',
        )}
      >
        {name}
      </th>
      {types.map((type) => {
        const cell = row.types?.find((item) => item.type === type);
        return measures.map((measure, at) => (
          <Sum
            key={type + measure}
            sum={cell?.[measure]}
            filter={filterOf(type, measure)}
            line={at === 0}
            bad={measure === 'overdue'}
          />
        ));
      })}
      {kept && (
        <>
          <Sum sum={row.kept_planned} line />
          <Sum sum={row.kept} last />
        </>
      )}
    </tr>
  );
}

interface SumProps {
  sum: { amount?: string; currency?: string } | undefined;
  /** Of the payments behind it. */
  filter?: string | undefined;
  line?: boolean;
  bad?: boolean;
  last?: boolean;
}
function Sum({ sum, filter, line, bad, last }: SumProps) {
  const money = moneyOf(sum);
  const none = toMinor(money.amount) === 0n;
  return (
    <td
      className={cx(
        'tabular px-2 text-right whitespace-nowrap',
        line && 'border-l border-line',
        last && 'pr-5',
        none ? 'text-ink3' : bad && 'text-bad',
      )}
    >
      {none && '—'}
      {!none && filter === undefined && moneyText(money)}
      {!none && filter !== undefined && (
        <Link
          to="/money/payments"
          search={{ view: 'all', f: filter, sort: 'planned_date' }}
          className="inline-flex min-h-6 items-center hover:underline"
        >
          {moneyText(money)}
        </Link>
      )}
    </td>
  );
}
