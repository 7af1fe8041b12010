import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type RenewalReportRow, renewalReportQuery } from '@/lib/data/reports';
import { currentLocale } from '@/lib/i18n';
import { compileFilter } from '@/lib/list/compile';
import { filterText, parseFilter } from '@/lib/list/filter';
import { firstDay, lastDay, monthAfter, monthOf, monthText } from '@/lib/month';
import { useSession } from '@/lib/session';
import { useSaleFields } from '@/parts/policies/filter_fields';
import { ReportFilter, ReportHead } from '@/parts/report_head';
import { Button } from '@/ui/button';
import { Segmented } from '@/ui/segmented';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { RenewalBars } from './renewal_bars';
import { RenewalCards } from './renewal_cards';
import { RenewalTable } from './renewal_table';
import { ReportFile } from './report_file';
import {
  groupings,
  lengthOf,
  lengths,
  monthsOf,
  mostMonths,
  type ReportGrouping,
  type ReportSearch,
} from './search';

/** How many policies, clients and how much premium stay: a chart, and the same as a table. */
export function RenewalReportPage() {
  const { t } = useTranslation('reports');
  const { today, user, time_zone } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as ReportSearch;
  const by = search.by ?? 'month';
  const period = monthsOf(search, monthOf(today));
  const length = lengthOf(period);
  const tooLong = length > mostMonths;
  const fields = useSaleFields();
  const filter = parseFilter(search.f ?? '', fields);
  const go = (next: { [key in keyof ReportSearch]: ReportSearch[key] | undefined }) =>
    void navigate({
      to: '/reports/renewals',
      search: { ...search, ...next } as ReportSearch,
      replace: true,
    });
  const shift = (by: number) =>
    go({ from: monthAfter(period.first, by), to: monthAfter(period.last, by) });
  const days = { from: firstDay(period.first), to: lastDay(period.last) };
  const compiled = compileFilter(filter, fields, { me: user.id, today, timeZone: time_zone });
  const { data, error, refetch } = useQuery({
    ...renewalReportQuery({ group_by: by, ...days, filter: compiled }),
    enabled: !tooLong,
    placeholderData: keepPreviousData,
  });
  const nameOf = useRowName(by);
  const rows = data?.rows ?? [];
  const shown = { rows, by, period, filter, nameOf };
  const locale = currentLocale();
  return (
    <>
      <ReportHead
        title={t('renewals_title')}
        note={t('period', {
          from: monthText(period.first, locale),
          to: monthText(period.last, locale),
        })}
        earlier={t('earlier')}
        later={t('later')}
        onShift={(way) => shift(way * length)}
        by={by}
        groupLabel={t('group')}
        groups={groupings.map((id) => ({ value: id, label: t(`by.${id}`) }))}
        onGroup={(value) => go({ by: value })}
        file={
          rows.length > 0 &&
          !tooLong && <ReportFile period={days} filter={compiled} fields={fields} />
        }
      />
      <ReportFilter
        fields={fields}
        filter={filter}
        onFilter={(next) => go({ f: filterText(next) || undefined })}
      >
        <Segmented
          label={t('length')}
          hideLabel
          value={String(length)}
          onChange={(count) =>
            go({ from: monthAfter(period.last, 1 - Number(count)), to: period.last })
          }
          options={lengths.map((count) => ({
            value: String(count),
            label: t('months', { count }),
          }))}
        />
      </ReportFilter>
      {tooLong && (
        <EmptyState
          title={t('too_wide')}
          text={t('too_wide_text', { count: mostMonths })}
          action={
            <Button
              onPress={() => go({ from: monthAfter(period.last, 1 - mostMonths), to: period.last })}
            >
              {t('show_longest', { count: mostMonths })}
            </Button>
          }
        />
      )}
      {error && !data && <ErrorState failure={error} onRetry={() => void refetch()} />}
      {!data && !error && !tooLong && <RowsSkeleton />}
      {data && !tooLong && rows.length === 0 && (
        <EmptyState title={t('empty')} text={t('empty_text')} />
      )}
      {data && !tooLong && rows.length > 0 && (
        <div
          role="group"
          aria-label={t('renewals_title')}
          tabIndex={0}
          className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 pb-5 focus-visible:-outline-offset-2 max-md:px-4"
        >
          <RenewalCards totals={data.totals ?? []} previous={data.previous ?? []} />
          <RenewalBars {...shown} />
          <RenewalTable {...shown} totals={data.totals ?? []} />
          <p className="text-small text-ink2">{t('how_counted')}</p>
        </div>
      )}
    </>
  );
}

function useRowName(by: ReportGrouping) {
  const { t } = useTranslation(['reports', 'policies']);
  return ({ value = '', name }: RenewalReportRow): string => {
    if (by === 'month') return monthText(value, currentLocale());
    if (by === 'product') return t(`policies:product_is.${value as 'kasko'}`);
    return name || '—';
  };
}
