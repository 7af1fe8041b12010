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
import { filterText } from '@/lib/list/filter';
import { useSession } from '@/lib/session';
import { PageHead } from '@/parts/page';
import { IconButton } from '@/ui/button';
import { ChevronLeft, ChevronRight } from '@/ui/icons';
import { Segmented } from '@/ui/segmented';
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
  const { today } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as PlanSearch;
  const year = search.year ?? Number(today.slice(0, 4));
  const group = search.by ?? by;
  const go = (next: PlanSearch) =>
    void navigate({ to: path, search: { ...search, ...next }, replace: true });
  const { data, error, refetch } = useQuery({
    ...planFactQuery({
      group_by: group,
      from: `${year}-01-01`,
      to: `${year}-12-31`,
      ...(filter && { filter }),
    }),
    placeholderData: keepPreviousData,
  });
  const nameOf = useRowName(group);
  return (
    <>
      <PageHead
        title={title}
        actions={
          <>
            <span className="inline-flex items-center gap-1">
              <IconButton label={t('year_before')} onPress={() => go({ year: year - 1 })}>
                <ChevronLeft />
              </IconButton>
              <b className="tabular">{year}</b>
              <IconButton label={t('year_after')} onPress={() => go({ year: year + 1 })}>
                <ChevronRight />
              </IconButton>
            </span>
            <Segmented
              label={t('group')}
              hideLabel
              value={group}
              onChange={(value) => go({ by: value })}
              options={groupings.map((id) => ({ value: id, label: t(`by.${id}`) }))}
            />
          </>
        }
      />
      <MoneyTabs current={section} />
      {error && !data && <ErrorState failure={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowsSkeleton />}
      {data && (data.rows ?? []).length === 0 && (
        <EmptyState title={t('plan_empty', { year })} text={t('empty_text')} />
      )}
      {data && (data.rows ?? []).length > 0 && (
        <PlanFactTable
          label={title}
          rows={data.rows ?? []}
          totals={data.totals ?? []}
          types={types}
          nameOf={nameOf}
          filterOf={(type, measure, row) =>
            row && !row.value ? undefined : filterText(paymentsOf(year, group, type, measure, row))
          }
          kept={section === 'plan'}
        />
      )}
    </>
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
