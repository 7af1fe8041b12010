import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Policy, policyResource, type RenewalState, renewalStates } from '@/lib/data/policies';
import { countQuery, type ListGroupCount, rowsOf, rowsQuery } from '@/lib/list/resource';
import { Due, useNumber } from '@/parts/deal_bits';
import { sumText } from '@/parts/list/sums';
import type { LayoutProps } from '@/parts/list/types';
import { moneyText } from '@/parts/policies/bits';
import { Button } from '@/ui/button';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { PremiumChange, ReadyQuotes, RenewalStep } from './renewal_bits';

/** The list by how far each renewal is. States follow from quotes and drafts, so no card is dragged. */
export function RenewalBoard({ query, empty }: LayoutProps) {
  const counts = useQuery(countQuery(policyResource, { ...query, group_by: 'renewal_state' }));
  const { data, error } = counts;
  if (error && !data) return <ErrorState failure={error} onRetry={() => void counts.refetch()} />;
  if (!data) return <RowsSkeleton />;
  const groups = data.groups ?? [];
  if (groups.length === 0) return empty;
  const shown = renewalStates.filter(
    (state) => state !== 'lapsed' || groups.some(({ value }) => value === state),
  );
  return (
    <div className="flex min-h-0 flex-1 snap-x gap-2.5 overflow-x-auto px-5 pb-4 max-md:snap-mandatory max-md:px-4">
      {shown.map((state) => (
        <Column
          key={state}
          state={state}
          query={query}
          group={groups.find(({ value }) => value === state)}
        />
      ))}
    </div>
  );
}

interface ColumnProps {
  state: RenewalState;
  query: LayoutProps['query'];
  group: ListGroupCount | undefined;
}
function Column({ state, query, group }: ColumnProps) {
  const { t } = useTranslation(['policies', 'common']);
  const number = useNumber();
  const count = group?.count ?? 0;
  const list = useInfiniteQuery({
    ...rowsQuery(policyResource, {
      ...query,
      filter: `${query.filter ? `${query.filter} AND ` : ''}renewal_state = "${state}"`,
    }),
    enabled: count > 0,
  });
  const rows = list.data?.pages.flatMap((page) => rowsOf<Policy>('policies', page)) ?? [];
  const name = t(`policies:renewal_is.${state}`);
  return (
    <section
      aria-label={name}
      className="flex min-h-0 max-w-[340px] min-w-[240px] flex-1 snap-center flex-col rounded-panel bg-canvas max-md:min-w-[84%]"
    >
      <header className="flex min-h-12 shrink-0 flex-wrap items-baseline gap-x-2 px-3 pt-3 pb-2">
        <h2 className="font-semibold">{name}</h2>
        <span className="tabular text-small text-ink3">{number(count)}</span>
        <span className="tabular ml-auto text-small text-ink2">
          {sumText(group?.sums, 'premium')}
        </span>
      </header>
      <div
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
        tabIndex={0}
        role="group"
        aria-label={name}
      >
        {count === 0 && (
          <p className="px-1 py-4 text-small text-ink3">{t('policies:column_empty')}</p>
        )}
        <ul className="flex flex-col gap-2">
          {rows.map((policy) => (
            <Card key={policy.id} policy={policy} />
          ))}
        </ul>
        {list.hasNextPage && (
          <Button
            variant="quiet"
            className="mt-2 w-full"
            isPending={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          >
            {t('common:next_page')}
          </Button>
        )}
      </div>
    </section>
  );
}

function Card({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  return (
    <li className="flex flex-col gap-1.5 rounded-card border border-line bg-raised p-2.5 shadow-1">
      <div className="flex items-baseline justify-between gap-2">
        <Link
          to="/policies/$policyId"
          params={{ policyId: policy.id }}
          className="min-w-0 truncate font-semibold hover:underline"
        >
          {policy.client_name}
        </Link>
        <Due day={policy.effective_to} />
      </div>
      <p className="truncate text-small text-ink2">
        {t(`product_is.${policy.product}`)} · {policy.insurer_name}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="tabular">{moneyText(policy.premium)}</span>
        <PremiumChange policy={policy} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 border-t border-line pt-1.5 text-small">
        <span className="min-w-0 truncate text-ink2">{policy.lead_agent_name}</span>
        <ReadyQuotes policy={policy} />
      </div>
      {policy.renewal_state !== 'renewed' && <RenewalStep policy={policy} />}
    </li>
  );
}
