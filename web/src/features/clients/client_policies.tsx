import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Policy, policiesOfQuery } from '@/lib/data/policies';
import type { Client } from '@/lib/types';
import { moneyText, PolicyStatusChip, periodText } from '@/parts/policies/bits';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

const inForce = ({ status }: Policy) => status === 'active' || status === 'renewal_pending';

interface ClientPoliciesProps {
  client: Client;
  /** Only those in force. */
  current?: boolean;
}
/** The client's contracts, those in force first. */
export function ClientPolicies({ client, current }: ClientPoliciesProps) {
  const { t } = useTranslation(['clients', 'policies']);
  const { data, error, refetch } = useQuery(policiesOfQuery('client_id', client.id));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={3} />;
  const shown = [...data.filter(inForce), ...data.filter((one) => !current && !inForce(one))];
  if (shown.length === 0) {
    return <EmptyState title={t(current ? 'clients:none_in_force' : 'clients:policies_empty')} />;
  }
  return (
    <ul className="divide-y divide-line">
      {shown.map((policy) => (
        <li key={policy.id}>
          <Link
            to="/policies/$policyId"
            params={{ policyId: policy.id }}
            className="flex min-h-11 flex-wrap items-center gap-x-3 px-3 py-1 hover:bg-hover focus-visible:-outline-offset-2"
          >
            <span className="min-w-40 flex-1 truncate font-medium">
              {t(`policies:product_is.${policy.product}`)} · {policy.insurer_name}
            </span>
            <span className="tabular text-small text-ink3">
              {policy.number || t('policies:no_number')}
            </span>
            <PolicyStatusChip status={policy.status} />
            <span className="tabular text-small text-ink2">{periodText(policy)}</span>
            <span className="tabular">{moneyText(policy.premium)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
