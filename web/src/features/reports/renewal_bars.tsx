import { useTranslation } from 'react-i18next';
import type { RenewalReportRow } from '@/lib/data/reports';
import type { Filter } from '@/lib/list/filter';
import { cx } from '@/ui/cx';
import { Behind, percentText } from './bits';
import { type Outcome, outcomes, type ReportGrouping } from './search';

const fills: Record<Outcome, string> = {
  renewed: 'bg-ok',
  lapsed: 'bg-bad',
  open: 'bg-line-strong',
};

export interface RenewalRowsProps {
  rows: RenewalReportRow[];
  by: ReportGrouping;
  period: { first: string; last: string };
  filter: Filter;
  nameOf: (row: RenewalReportRow) => string;
}
/** A bar of each group: renewed, lapsed and not decided yet; each part opens its policies. */
export function RenewalBars({ rows, by, period, filter, nameOf }: RenewalRowsProps) {
  const { t } = useTranslation('reports');
  const longest = Math.max(...rows.map(({ ending = 0 }) => ending), 1);
  return (
    <section aria-label={t('chart')} className="flex flex-col gap-2">
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-small text-ink2">
        {outcomes.map((outcome) => (
          <li key={outcome} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={cx('size-2.5 rounded-[2px]', fills[outcome])} />
            {t(`outcome.${outcome}`)}
          </li>
        ))}
      </ul>
      <ul className="flex flex-col gap-1">
        {rows.map((row) => (
          <li
            key={`${row.value}${row.currency}`}
            className="grid grid-cols-[minmax(0,180px)_minmax(0,1fr)_64px] items-center gap-3 max-md:grid-cols-[minmax(0,116px)_minmax(0,1fr)_52px]"
          >
            <span className="truncate text-small first-letter:uppercase">{nameOf(row)}</span>
            <span className="flex h-6 overflow-hidden rounded-chip bg-sunken">
              {outcomes.map((outcome) => {
                const count = row[outcome] ?? 0;
                if (count === 0) return null;
                return (
                  <span
                    key={outcome}
                    className="flex h-full min-w-6"
                    style={{ width: `${(count / longest) * 100}%` }}
                  >
                    <Behind
                      by={by}
                      value={row.value ?? ''}
                      outcome={outcome}
                      period={period}
                      filter={filter}
                      label={t('bar', {
                        name: nameOf(row),
                        outcome: t(`outcome.${outcome}`),
                        count,
                      })}
                      className={cx(
                        'h-full w-full hover:opacity-80 focus-visible:-outline-offset-4 focus-visible:outline-surface',
                        fills[outcome],
                      )}
                    >
                      <span className="sr-only">{count}</span>
                    </Behind>
                  </span>
                );
              })}
            </span>
            <span className="text-right text-small tabular">{percentText(row.policy_rate)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
