import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RenewalReportRow } from '@/lib/data/reports';
import { cx } from '@/ui/cx';
import { Behind, percentText, sumText } from './bits';
import type { RenewalRowsProps } from './renewal_bars';
import type { Outcome } from './search';

const counts = ['ending', 'renewed', 'lapsed', 'open'] as const;
const rates = ['policy_rate', 'client_rate', 'premium_rate'] as const;
const sums = ['premium_renewed', 'premium_now', 'premium_lapsed'] as const;

/** The chart's figures and the money behind them. */
export function RenewalTable(props: RenewalRowsProps & { totals: RenewalReportRow[] }) {
  const { rows, totals, by, period, filter, nameOf } = props;
  const { t } = useTranslation('reports');
  const behind = (row: RenewalReportRow) => (outcome: Outcome | undefined, text: string) => (
    <Behind
      by={by}
      value={row.value ?? ''}
      {...(outcome && { outcome })}
      period={period}
      filter={filter}
      className="inline-flex min-h-6 items-center hover:underline"
    >
      {text}
    </Behind>
  );
  return (
    <div
      role="group"
      aria-label={t('table')}
      tabIndex={0}
      className="shrink-0 overflow-x-auto rounded-card border border-line focus-visible:-outline-offset-2"
    >
      <table aria-label={t('table')} className="min-w-full border-collapse">
        <thead className="text-small text-ink2">
          <tr className="border-b border-line">
            <th scope="col" className="px-3 py-2 text-left font-medium">
              {t(`by.${by}`)}
            </th>
            {[...counts, ...rates, ...sums].map((name) => (
              <th
                key={name}
                scope="col"
                className="px-3 py-2 text-right font-medium whitespace-nowrap"
              >
                {t(`column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line
              key={`${row.value}${row.currency}`}
              row={row}
              name={nameOf(row)}
              linked={behind(row)}
            />
          ))}
        </tbody>
        <tfoot>
          {totals.map((row) => (
            <Line key={row.currency} row={row} name={t('total')} strong />
          ))}
        </tfoot>
      </table>
    </div>
  );
}

interface LineProps {
  row: RenewalReportRow;
  name: string;
  strong?: boolean;
  linked?: (outcome: Outcome | undefined, text: string) => ReactNode;
}
function Line({ row, name, strong, linked }: LineProps) {
  const cell = 'px-3 text-right tabular whitespace-nowrap';
  const count = (field: (typeof counts)[number]) => {
    const text = String(row[field] ?? 0);
    if (!linked || text === '0') return text;
    return linked(field === 'ending' ? undefined : field, text);
  };
  return (
    <tr className={cx('h-(--row) border-b border-line last:border-0', strong && 'font-semibold')}>
      <th scope="row" className="px-3 text-left font-medium whitespace-nowrap">
        <span className="inline-block first-letter:uppercase">{name}</span>
      </th>
      {counts.map((field) => (
        <td key={field} className={cell}>
          {count(field)}
        </td>
      ))}
      {rates.map((field) => (
        <td key={field} className={cell}>
          {percentText(row[field])}
        </td>
      ))}
      {sums.map((field) => (
        <td key={field} className={cell}>
          {sumText(row[field])}
        </td>
      ))}
    </tr>
  );
}
