import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { atRiskQuery } from '@/lib/data/day';
import { currentLocale } from '@/lib/i18n';
import { formatMoney } from '@/lib/money';
import { useSession } from '@/lib/session';
import { Due } from '@/parts/deal_bits';

/** The largest premiums that end within thirty days and have no successor yet. */
export function AtRisk() {
  const { t } = useTranslation('today');
  const { today } = useSession();
  const policies = useQuery(atRiskQuery(today)).data;
  if (!policies) return null;
  return (
    <section aria-labelledby="risk" className="pt-6 max-md:px-4">
      <h2 id="risk" className="mb-1 text-head">
        {t('risk')}
      </h2>
      {policies.length === 0 && <p className="text-ink2">{t('risk_none')}</p>}
      <ul className="divide-y divide-line">
        {policies.map((policy) => (
          <li
            key={policy.id}
            className="relative flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 py-2 hover:bg-hover"
          >
            <div className="min-w-0 flex-1 max-md:basis-full">
              <Link
                to="/policies/$policyId"
                params={{ policyId: policy.id }}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {policy.client_name}
              </Link>
              <p className="truncate text-small text-ink2">
                {[policy.number, policy.insurer_name, policy.lead_agent_name]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {policy.premium?.amount && (
              <span className="tabular font-semibold">
                {formatMoney(
                  { amount: policy.premium.amount, currency: policy.premium.currency ?? 'RUB' },
                  currentLocale(),
                )}
              </span>
            )}
            <span className="w-28 text-right max-md:w-auto">
              <Due day={policy.effective_to} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
