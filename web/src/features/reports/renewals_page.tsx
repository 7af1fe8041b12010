import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type RenewalReportRow, renewalReportQuery } from '@/lib/data/reports';
import { currentLocale } from '@/lib/i18n';
import { compileFilter } from '@/lib/list/compile';
import { filterText, parseFilter } from '@/lib/list/filter';
import { firstDay, lastDay, monthAfter, monthOf, monthText } from '@/lib/month';
import { useSession } from '@/lib/session';
import { PageHead } from '@/parts/page';
import { useSaleFields } from '@/parts/policies/filter_fields';
import { Button, IconButton } from '@/ui/button';
import { ChevronLeft, ChevronRight } from '@/ui/icons';
import { Segmented } from '@/ui/segmented';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { RenewalBars } from './renewal_bars';
import { RenewalCards } from './renewal_cards';
import { RenewalTable } from './renewal_table';
import { ReportFilter } from './report_filter';
import {
  groupings,
  lengthOf,
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
  const shift = (by: number) => () =>
    go({ from: monthAfter(period.first, by), to: monthAfter(period.last, by) });
  const { data, error, refetch } = useQuery({
    ...renewalReportQuery({
      group_by: by,
      from: firstDay(period.first),
      to: lastDay(period.last),
      filter: compileFilter(filter, fields, { me: user.id, today, timeZone: time_zone }),
    }),
    enabled: !tooLong,
    placeholderData: keepPreviousData,
  });
  const nameOf = useRowName(by);
  const rows = data?.rows ?? [];
  const shown = { rows, by, period, filter, nameOf };
  const locale = currentLocale();
  return (
    <>
      <PageHead
        title={t('renewals_title')}
        note={t('period', {
          from: monthText(period.first, locale),
          to: monthText(period.last, locale),
        })}
        actions={
          <>
            <span className="inline-flex items-center gap-1">
              <IconButton label={t('earlier')} onPress={shift(-length)}>
                <ChevronLeft />
              </IconButton>
              <IconButton label={t('later')} onPress={shift(length)}>
                <ChevronRight />
              </IconButton>
            </span>
            <Segmented
              label={t('group')}
              hideLabel
              value={by}
              onChange={(value) => go({ by: value })}
              options={groupings.map((id) => ({ value: id, label: t(`by.${id}`) }))}
            />
          </>
        }
      />
      <ReportFilter
        fields={fields}
        filter={filter}
        length={length}
        onFilter={(next) => go({ f: filterText(next) || undefined })}
        onLength={(count) => go({ from: monthAfter(period.last, 1 - count), to: period.last })}
      />
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
