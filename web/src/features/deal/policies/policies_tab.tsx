import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Calculation, dealCalculationsQuery } from '@/lib/data/calculations';
import { type Policy, policiesOfQuery } from '@/lib/data/policies';
import { lazy } from '@/lib/lazy';
import { type Deal, may } from '@/lib/types';
import { PolicyActions } from '@/parts/policies/actions';
import { dayNumeric, moneyText, PolicyStatusChip, periodText } from '@/parts/policies/bits';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import type { DealSearch } from '../search';

const PolicyForm = lazy(() =>
  import('@/parts/policies/policy_form').then(({ PolicyForm }) => ({ default: PolicyForm })),
);

/** The contracts of a deal: those in force and to be renewed, and what came before. */
export function PoliciesTab({ deal }: { deal: Deal }) {
  const { t } = useTranslation('policies');
  const { data, error, refetch } = useQuery(policiesOfQuery('deal_id', deal.id));
  const chosen = useChosen(deal);
  const asked = useSearch({ strict: false }) as DealSearch;
  const navigate = useNavigate();
  const [adding, setAdding] = useState<'blank' | Calculation>();
  const form = adding ?? chosen.find(({ id }) => id === asked.issue);
  const close = () => {
    setAdding(undefined);
    const place = { to: '/deals/$dealId', params: { dealId: deal.id } } as const;
    if (asked.issue) void navigate({ ...place, search: { tab: 'policies' }, replace: true });
  };
  const used = new Set(data?.map(({ calculation_id }) => calculation_id));
  const waiting = chosen.filter(({ id }) => !used.has(id));
  const add = may(deal, 'update') && (
    <span className="flex flex-wrap justify-end gap-2">
      {waiting.map((quote) => (
        <Button key={quote.id} variant="primary" onPress={() => setAdding(quote)}>
          {t('issue_quote', { insurer: quote.insurer_name ?? '' })}
        </Button>
      ))}
      <Button
        variant={waiting.length > 0 ? 'plain' : 'primary'}
        icon={<Plus />}
        onPress={() => setAdding('blank')}
      >
        {t('add')}
      </Button>
    </span>
  );
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton />;
  return (
    <div className="flex flex-col gap-3">
      {data.length === 0 ? (
        <EmptyState title={t('deal_empty')} text={t('deal_empty_text')} action={add} />
      ) : (
        <>
          <div className="flex justify-end">{add}</div>
          <ul className="flex flex-col gap-3">
            {inForceFirst(data).map((policy) => (
              <Line key={policy.id} policy={policy} />
            ))}
          </ul>
        </>
      )}
      <Suspense>
        {form && (
          <PolicyForm
            key={form === 'blank' ? form : form.id}
            dealId={deal.id}
            policy={undefined}
            quote={form === 'blank' ? undefined : form}
            onClose={close}
          />
        )}
      </Suspense>
    </div>
  );
}

/** The quotes that the client has chosen. */
function useChosen(deal: Deal): Calculation[] {
  const enabled = (deal.chosen_calculation_count ?? 0) > 0;
  const { data = [] } = useQuery({ ...dealCalculationsQuery(deal.id), enabled });
  return data.filter(({ status }) => status === 'chosen');
}

const inForceFirst = (policies: Policy[]) =>
  policies.toSorted(
    (one, other) => Number(one.status === 'closed') - Number(other.status === 'closed'),
  );

function Line({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-raised p-3 shadow-1">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Link
          to="/policies/$policyId"
          params={{ policyId: policy.id }}
          className="font-semibold hover:underline"
        >
          {policy.insurer_name} {policy.number || t('no_number')}
        </Link>
        <PolicyStatusChip status={policy.status} />
        <span className="ml-auto font-semibold tabular">{moneyText(policy.premium)}</span>
      </div>
      <div className="flex flex-wrap gap-x-4 gap-y-1 text-small text-ink2">
        <span>{t(`product_is.${policy.product}`)}</span>
        <span className="tabular">{periodText(policy)}</span>
        <span>{t(`route_is.${policy.payment_route ?? 'gross'}`)}</span>
        <span>
          {policy.commission_rate
            ? t('rate_is', { rate: policy.commission_rate })
            : t('rate_by_rule')}
        </span>
      </div>
      <ol className="flex flex-wrap gap-x-4 gap-y-1 text-small tabular">
        {policy.instalments?.map(({ id, due_on, amount }) => (
          <li key={id}>
            {dayNumeric(due_on)} · {moneyText(amount)}
          </li>
        ))}
      </ol>
      <PolicyActions policy={policy} />
    </li>
  );
}
