import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { clientQuery } from '@/lib/data/clients';
import { dayOf, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import type { Deal } from '@/lib/types';
import { ContactLines } from '@/parts/contact_lines';
import { Avatar } from '@/ui/avatar';
import { Open } from '@/ui/icons';

const DealMoney = lazy(() =>
  import('./deal_money').then(({ DealMoney }) => ({ default: DealMoney })),
);

export function DealSummary({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const { time_zone } = useSession();
  const day = (value: string | undefined) => value && formatDay(value, currentLocale());
  return (
    <aside
      aria-label={t('summary')}
      tabIndex={0}
      className="w-[316px] shrink-0 overflow-y-auto border-l border-line bg-canvas p-4 focus-visible:-outline-offset-2 max-lg:w-[268px] max-md:w-full max-md:border-t max-md:border-l-0"
    >
      {(deal.active_policy_count ?? 0) > 0 && (
        <Suspense fallback={<div className="mb-4 min-h-24" />}>
          <DealMoney deal={deal} />
        </Suspense>
      )}
      <ClientBlock deal={deal} />
      <Block title={t('new')}>
        <Line name={t('created_at')}>
          {deal.created_at && day(dayOf(deal.created_at, time_zone))}
        </Line>
        <Line name={t('start_date')}>{day(deal.start_date)}</Line>
        <Line name={t('expected_close_date')}>{day(deal.expected_close_date)}</Line>
        <Line name={t('next_review_at')}>{day(deal.next_review_at)}</Line>
        {deal.objects?.map((object, index) => (
          <Line key={index} name={t(`object_kind.${object.kind}`)}>
            {[object.title, object.plate, object.vin].filter(Boolean).join(', ')}
          </Line>
        ))}
      </Block>
      {deal.description && <p className="mt-3 text-ink2 whitespace-pre-wrap">{deal.description}</p>}
      {deal.continued_from_id && (
        <Link
          to="/deals/$dealId"
          params={{ dealId: deal.continued_from_id }}
          className="mt-3 inline-flex min-h-6 items-center gap-1 text-accent-ink hover:underline"
        >
          {t('continued_from')}
          <Open />
        </Link>
      )}
      {deal.renews_policy_id && (
        <Link
          to="/policies/$policyId"
          params={{ policyId: deal.renews_policy_id }}
          className="mt-3 inline-flex min-h-6 items-center gap-1 text-accent-ink hover:underline"
        >
          {t('renews_policy')}
          <Open />
        </Link>
      )}
      <Block title={t('team')}>
        {deal.members?.map((member) => (
          <div key={member.user_id} className="flex min-h-7 items-center gap-2">
            <Avatar name={member.full_name} size="small" />
            <span className="min-w-0 flex-1 truncate">{member.full_name}</span>
            <span className="text-small text-ink3">{t(`function.${member.function}`)}</span>
          </div>
        ))}
      </Block>
    </aside>
  );
}

function ClientBlock({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const { data: client } = useQuery(clientQuery(deal.client_id));
  const name = client?.full_name ?? deal.client_name ?? '';
  return (
    <section>
      <h2 className="text-small text-ink2">{t('client')}</h2>
      <div className="mt-2 mb-1 flex items-center gap-2.5">
        <Avatar name={name} size="big" />
        <Link
          to="/clients/$clientId"
          params={{ clientId: deal.client_id }}
          className="flex min-h-6 min-w-0 items-center gap-1 text-head font-medium hover:underline"
        >
          <span className="truncate">{name}</span>
          <Open />
        </Link>
      </div>
      <ContactLines contacts={client?.contacts} />
    </section>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-4 border-t border-line pt-3">
      <h2 className="mb-1.5 text-small text-ink2">{title}</h2>
      <div className="flex flex-col gap-0.5">{children}</div>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p className="flex min-h-6 gap-2">
      <span className="w-28 shrink-0 text-small text-ink2">{name}</span>
      <span className="min-w-0 flex-1 break-words">{children}</span>
    </p>
  );
}
