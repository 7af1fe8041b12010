import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  type PaymentType,
  type PlanFactRow,
  paymentTypes,
  planFactQuery,
} from '@/lib/data/payments';
import { currentLocale } from '@/lib/i18n';
import { compileFilter } from '@/lib/list/compile';
import { type Filter, filterText, parseFilter } from '@/lib/list/filter';
import { useSession } from '@/lib/session';
import { useSaleFields } from '@/parts/policies/filter_fields';
import { ReportFilter, ReportHead } from '@/parts/report_head';
import { Button } from '@/ui/button';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { paymentsOf } from './behind_sum';
import { MoneyTabs } from './money_tabs';
import { PlanFactTable } from './plan_fact_table';
import { groupings, type PlanGrouping, type PlanSearch } from './search';

/** Plan against fact of a year, by month, insurer, agent or product. */
export function PlanPage() {
  const { t } = useTranslation('money');
  return (
    <PlanScreen
      title={t('plan_title')}
      section="plan"
      types={paymentTypes}
      by="month"
      path="/money/plan"
    />
  );
}

/** Commission alone: what insurers owe, by insurer or month. */
export function CommissionPage() {
  const { t } = useTranslation('money');
  return (
    <PlanScreen
      title={t('commission_title')}
      section="commission"
      types={['commission_income']}
      by="insurer_id"
      path="/money/commission"
      filter={'type = "commission_income"'}
    />
  );
}

interface PlanScreenProps {
  title: string;
  section: 'plan' | 'commission';
  types: readonly PaymentType[];
  by: PlanGrouping;
  path: '/money/plan' | '/money/commission';
  filter?: string;
}
function PlanScreen({ title, section, types, by, path, filter }: PlanScreenProps) {
  const { t } = useTranslation('money');
  const { today, user, time_zone } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as PlanSearch;
  const year = search.year ?? Number(today.slice(0, 4));
  const group = search.by ?? by;
  const fields = useSaleFields();
  const narrowed = parseFilter(search.f ?? '', fields);
  const go = (next: { [key in keyof PlanSearch]: PlanSearch[key] | undefined }) =>
    void navigate({ to: path, search: { ...search, ...next } as PlanSearch, replace: true });
  const narrow = (next: Filter) => go({ f: filterText(next) || undefined });
  const asked = [
    filter,
    compileFilter(narrowed, fields, { me: user.id, today, timeZone: time_zone }),
  ]
    .filter(Boolean)
    .join(' AND ');
  const { data, error, refetch } = useQuery({
    ...planFactQuery({
      group_by: group,
      from: `${year}-01-01`,
      to: `${year}-12-31`,
      ...(asked && { filter: asked }),
    }),
    placeholderData: keepPreviousData,
  });
  const nameOf = useRowName(group);
  return (
    <>
      <ReportHead
        title={title}
        period={<b className="tabular">{year}</b>}
        earlier={t('year_before')}
        later={t('year_after')}
        onShift={(way) => go({ year: year + way })}
        by={group}
        groupLabel={t('group')}
        groups={groupings.map((id) => ({ value: id, label: t(`by.${id}`) }))}
        onGroup={(value) => go({ by: value })}
      />
      <MoneyTabs current={section} />
      <ReportFilter fields={fields} filter={narrowed} onFilter={narrow} />
      {error && !data && <ErrorState failure={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowsSkeleton />}
      {data && (data.rows ?? []).length === 0 && (
        <Nothing year={year} filter={narrowed} onFilter={narrow} />
      )}
      {data && (data.rows ?? []).length > 0 && (
        <PlanFactTable
          label={title}
          rows={data.rows ?? []}
          totals={data.totals ?? []}
          types={types}
          nameOf={nameOf}
          filterOf={(type, measure, row) =>
            row && !row.value
              ? undefined
              : filterText([...paymentsOf(year, group, type, measure, row), ...narrowed])
          }
          kept={section === 'plan'}
        />
      )}
    </>
  );
}

interface NothingProps {
  year: number;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}
function Nothing({ year, filter, onFilter }: NothingProps) {
  const { t } = useTranslation(['money', 'list']);
  if (filter.length === 0) {
    return <EmptyState title={t('money:plan_empty', { year })} text={t('money:empty_text')} />;
  }
  const dropLast = () => onFilter(filter.slice(0, -1));
  return (
    <EmptyState
      title={t('money:empty_filtered')}
      action={<Button onPress={dropLast}>{t('list:drop_last')}</Button>}
    />
  );
}

function useRowName(group: PlanGrouping) {
  const { t } = useTranslation('money');
  return (row: PlanFactRow) => {
    const value = row.value ?? '';
    if (group === 'month') {
      const [year = '2000', month = '01'] = value.split('-');
      return new Intl.DateTimeFormat(currentLocale(), { month: 'long', timeZone: 'UTC' }).format(
        new Date(Date.UTC(Number(year), Number(month) - 1, 1)),
      );
    }
    if (group === 'product') return t(`product_is.${value as 'kasko'}`);
    return row.name || '—';
  };
}
