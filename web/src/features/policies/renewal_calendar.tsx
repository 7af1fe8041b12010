import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { policyResource } from '@/lib/data/policies';
import type { Day } from '@/lib/dates';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { filterText } from '@/lib/list/filter';
import { countQuery, type ListGroupCount } from '@/lib/list/resource';
import { formatCompact } from '@/lib/money';
import { firstDay, lastDay, type Month, monthOf, monthText, weekdays, weeksOf } from '@/lib/month';
import { useSession } from '@/lib/session';
import { sumText } from '@/parts/list/sums';
import type { LayoutProps } from '@/parts/list/types';
import { cx } from '@/ui/cx';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { onDay } from './renewal_windows';

/** The list by the days on which policies end; a day opens it as rows. */
export function RenewalCalendar({ query, empty, filter, go }: LayoutProps) {
  const { today } = useSession();
  const [chosen, setChosen] = useState<Month>();
  const months = useQuery(countQuery(policyResource, { ...query, group_by: 'effective_to.month' }));
  const found = (months.data?.groups ?? []).filter(({ value }) => value);
  const month =
    found.find(({ value }) => value === chosen)?.value ??
    found.find(({ value }) => value === monthOf(today))?.value ??
    found[0]?.value;
  const days = useQuery({
    ...countQuery(policyResource, {
      ...query,
      filter: inMonth(query.filter, month ?? monthOf(today)),
      group_by: 'effective_to',
    }),
    enabled: month !== undefined,
    placeholderData: keepPreviousData,
  });
  const failed = months.error ?? days.error;
  if (failed && !days.data) {
    return <ErrorState failure={failed} onRetry={() => void months.refetch()} />;
  }
  if (!months.data) return <RowsSkeleton />;
  if (!month) return empty;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pb-5 max-md:px-4">
      <Months months={found} current={month} onChoose={setChosen} />
      <MonthGrid
        month={month}
        days={days.data?.groups ?? []}
        onDay={(day) => go({ layout: 'table', f: filterText(onDay(filter, day)) })}
      />
    </div>
  );
}

const inMonth = (filter: string | undefined, month: Month) =>
  [filter, `effective_to >= "${firstDay(month)}"`, `effective_to <= "${lastDay(month)}"`]
    .filter(Boolean)
    .join(' AND ');

interface MonthsProps {
  months: ListGroupCount[];
  current: Month;
  onChoose: (month: Month) => void;
}
/** The months that the filter reaches, with what each adds up to. */
function Months({ months, current, onChoose }: MonthsProps) {
  const { t } = useTranslation('policies');
  return (
    <div role="group" aria-label={t('months')} className="flex flex-wrap gap-1.5">
      {months.map(({ value = '', count = 0, sums }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === current}
          onClick={() => onChoose(value)}
          className={cx(
            'flex min-h-8 flex-wrap items-baseline gap-x-2 rounded-control border px-2.5 py-1 text-left coarse:min-h-11',
            value === current
              ? 'border-accent bg-accent-soft text-accent-ink'
              : 'border-line bg-raised hover:bg-hover',
          )}
        >
          <span className="font-medium first-letter:uppercase">
            {monthText(value, currentLocale())}
          </span>
          <span className="tabular text-small">
            {t('count', { count, formatted: String(count) })} · {sumText(sums, 'premium')}
          </span>
        </button>
      ))}
    </div>
  );
}

interface MonthGridProps {
  month: Month;
  days: ListGroupCount[];
  onDay: (day: Day) => void;
}
function MonthGrid({ month, days, onDay }: MonthGridProps) {
  const { t } = useTranslation('policies');
  return (
    <table className="w-full table-fixed border-collapse" aria-label={t('calendar')}>
      <thead>
        <tr>
          {weekdays(currentLocale()).map((name) => (
            <th key={name} scope="col" className="py-1 text-small font-medium text-ink2">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <DayCell
                key={day}
                day={day}
                inside={monthOf(day) === month}
                group={days.find(({ value }) => value === day)}
                onOpen={() => onDay(day)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayCellProps {
  day: Day;
  inside: boolean;
  group: ListGroupCount | undefined;
  onOpen: () => void;
}
function DayCell({ day, inside, group, onOpen }: DayCellProps) {
  const { t } = useTranslation('policies');
  const { today } = useSession();
  const locale = currentLocale();
  const number = (
    <span
      className={cx(
        'tabular text-small',
        day === today && 'rounded-chip bg-warn-soft px-1 font-semibold text-warn',
      )}
    >
      {Number(day.slice(8))}
    </span>
  );
  const count = inside ? (group?.count ?? 0) : 0;
  return (
    <td className={cx('h-20 border border-line p-0 align-top max-md:h-14', !inside && 'bg-canvas')}>
      {count === 0 ? (
        <div className={cx('p-1.5', inside ? 'text-ink2' : 'text-ink3')}>{number}</div>
      ) : (
        <button
          type="button"
          onClick={onOpen}
          className="flex h-full w-full flex-col items-start gap-0.5 bg-accent-soft p-1.5 text-left text-accent-ink hover:bg-select focus-visible:-outline-offset-2"
        >
          <span className="sr-only">
            {t('day_is', {
              day: formatDay(day, locale),
              policies: t('count', { count, formatted: String(count) }),
              sum: sumText(group?.sums, 'premium'),
            })}
          </span>
          <span aria-hidden>{number}</span>
          <span aria-hidden className="font-semibold tabular">
            {count}
          </span>
          {group?.sums?.map(({ amount }) => (
            <span
              key={amount?.currency}
              aria-hidden
              className="max-w-full truncate text-chip tabular max-md:hidden"
            >
              {formatCompact(
                { amount: amount?.amount ?? '0', currency: amount?.currency ?? 'RUB' },
                locale,
              )}
            </span>
          ))}
        </button>
      )}
    </td>
  );
}
