import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Policy, policiesOfQuery } from '@/lib/data/policies';
import { type Deal, may } from '@/lib/types';
import { PolicyActions } from '@/parts/policies/actions';
import { dayNumeric, moneyText, PolicyStatusChip, periodText } from '@/parts/policies/bits';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

const PolicyForm = lazy(() =>
  import('@/parts/policies/policy_form').then(({ PolicyForm }) => ({ default: PolicyForm })),
);

/** The contracts of a deal: those in force and to be renewed, and what came before. */
export function PoliciesTab({ deal }: { deal: Deal }) {
  const { t } = useTranslation('policies');
  const { data, error, refetch } = useQuery(policiesOfQuery('deal_id', deal.id));
  const [adding, setAdding] = useState(false);
  const add = may(deal, 'update') && (
    <Button variant="primary" icon={<Plus />} onPress={() => setAdding(true)}>
      {t('add')}
    </Button>
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
        {adding && (
          <PolicyForm dealId={deal.id} policy={undefined} onClose={() => setAdding(false)} />
        )}
      </Suspense>
    </div>
  );
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
