import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { chainQuery, type Policy, policyQuery } from '@/lib/data/policies';
import { currentLocale } from '@/lib/i18n';
import { useKeys } from '@/lib/keys';
import { lazy } from '@/lib/lazy';
import { formatPercent } from '@/lib/money';
import { Back, usePageTitle } from '@/parts/page';
import { PolicyActions } from '@/parts/policies/actions';
import { dayNumeric, moneyText, PolicyStatusChip, periodText } from '@/parts/policies/bits';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { type PolicySearch, policyTabs } from './search';

const Amendments = lazy(() =>
  import('./amendments').then(({ Amendments }) => ({ default: Amendments })),
);
const RecordHistory = lazy(() =>
  import('@/parts/history').then(({ RecordHistory }) => ({ default: RecordHistory })),
);

export function PolicyPage() {
  const { policyId } = useParams({ strict: false }) as { policyId: string };
  const { data: policy, error, refetch } = useQuery(policyQuery(policyId));
  if (error && !policy) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!policy) return <RowsSkeleton />;
  return <Card key={policy.id} policy={policy} />;
}

function Card({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { tab = 'policy' } = useSearch({ strict: false }) as PolicySearch;
  usePolicyKeys(policy.id);
  const title = `${policy.insurer_name} ${policy.number || t('no_number')}`;
  const heading = usePageTitle(title);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <header className="flex flex-col gap-2 border-b border-line px-5 pt-3 pb-4 max-md:px-4">
        <Back to="/policies" label={t('title')} />
        <div className="-mt-1 flex flex-wrap items-center gap-3">
          <h1 ref={heading} tabIndex={-1} className="text-record outline-none">
            {title}
          </h1>
          <PolicyStatusChip status={policy.status} />
          <span className="ml-auto text-title tabular">{moneyText(policy.premium)}</span>
        </div>
        <div className="flex flex-wrap gap-x-4 gap-y-1 text-ink2">
          <Link
            to="/clients/$clientId"
            params={{ clientId: policy.client_id ?? '' }}
            className="text-accent-ink hover:underline"
          >
            {policy.client_name}
          </Link>
          <Link
            to="/deals/$dealId"
            params={{ dealId: policy.deal_id }}
            className="tabular text-accent-ink hover:underline"
          >
            {t('deal_is', { number: policy.deal_number })}
          </Link>
          <span>{t(`product_is.${policy.product}`)}</span>
          <span className="tabular">{periodText(policy)}</span>
        </div>
        <PolicyActions policy={policy} />
      </header>
      <Chain policy={policy} />
      <Tabs
        label={t('tabs')}
        items={policyTabs.map((id) => ({
          id,
          label: t(`tab.${id}`),
          current: id === tab,
          link: { to: '/policies/$policyId', params: { policyId: policy.id }, search: { tab: id } },
        }))}
      />
      <section aria-label={t(`tab.${tab}`)}>
        {tab === 'policy' ? (
          <Overview policy={policy} />
        ) : (
          <div className="p-5 max-md:px-4">
            <Suspense fallback={<RowsSkeleton />}>
              <RecordHistory entityType="policy" id={policy.id} />
            </Suspense>
          </div>
        )}
      </section>
    </div>
  );
}

function usePolicyKeys(policyId: string) {
  const navigate = useNavigate();
  useKeys(
    Object.fromEntries(
      policyTabs.map((tab, index) => [
        `Digit${index + 1}`,
        () =>
          void navigate({
            to: '/policies/$policyId',
            params: { policyId },
            search: { tab },
            replace: true,
          }),
      ]),
    ),
  );
}

function Overview({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  return (
    <div className="grid grid-cols-2 gap-x-8 gap-y-6 p-5 max-lg:grid-cols-1 max-md:px-4">
      <Part title={t('terms')}>
        <Terms policy={policy} />
      </Part>
      <Part title={t('schedule')}>
        <Schedule policy={policy} />
      </Part>
      <Part title={t('parties')}>
        <ul className="flex flex-col gap-1">
          {policy.parties?.map(({ role, name, client_id }) => (
            <li key={`${role}${client_id}${name}`} className="flex justify-between gap-3">
              <span className="text-ink2">{t(`party_is.${role ?? 'insured'}`)}</span>
              <span>{name}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('amendments')}>
        <Amendments policy={policy} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-head font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Terms({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const rows: [string, ReactNode][] = [
    [t('coverage_sum'), moneyText(policy.coverage_sum)],
    [t('payment_route'), t(`route_is.${policy.payment_route ?? 'gross'}`)],
    [
      t('commission_rate'),
      policy.commission_rate
        ? formatPercent(policy.commission_rate, currentLocale())
        : t('rate_by_rule'),
    ],
    [t('lead'), policy.lead_agent_name],
    [t('objects'), policy.objects?.map(({ title }) => title).join(', ') || '—'],
  ];
  if (policy.status === 'closed') {
    rows.push([t('closed_on'), dayNumeric(policy.closed_on)]);
    rows.push([
      t('reason'),
      policy.close_reason === 'replaced' ? t('replaced') : policy.close_reason,
    ]);
  }
  return (
    <dl className="flex flex-col gap-1">
      {rows.map(([name, value]) => (
        <div key={name} className="flex justify-between gap-3">
          <dt className="text-ink2">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Schedule({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  if (!policy.instalments?.length) return <p className="text-ink2">{t('no_schedule')}</p>;
  return (
    <ol className="flex flex-col gap-1">
      {policy.instalments.map(({ id, number, due_on, amount }) => (
        <li key={id} className="flex justify-between gap-3 tabular">
          <span className="text-ink2">
            {number}. {dayNumeric(due_on)}
          </span>
          <span>{moneyText(amount)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The policies that continue each other, on one line. */
function Chain({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { data = [] } = useQuery(chainQuery(policy.id));
  if (data.length < 2) return null;
  return (
    <nav
      aria-label={t('chain')}
      className="shrink-0 overflow-x-auto border-b border-line px-5 py-2"
    >
      <ol className="flex items-center gap-2 whitespace-nowrap">
        {data.map((one, index) => (
          <li key={one.id} className="flex items-center gap-2">
            {index > 0 && <span aria-hidden="true">→</span>}
            <Link
              to="/policies/$policyId"
              params={{ policyId: one.id }}
              aria-current={one.id === policy.id ? 'page' : undefined}
              className="rounded-chip px-1.5 py-0.5 text-small hover:bg-hover aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink"
            >
              {periodText(one)} · {moneyText(one.premium)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
