import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queueQuery } from '@/lib/data/day';
import { useSession } from '@/lib/session';
import type { Deal } from '@/lib/types';
import { DealStatusChip, Due } from '@/parts/deal_bits';
import { keepPlace } from '@/parts/place';
import { ErrorState } from '@/ui/states';

/** The executor's quotes and issues, soonest first; those without a day last. */
export function Queue() {
  const { t } = useTranslation('today');
  const { user } = useSession();
  const { data, error, refetch } = useInfiniteQuery(queueQuery(user.id));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const deals = data.pages.flatMap((page) => page.deals ?? []);
  return (
    <section aria-labelledby="queue" className="pt-4">
      <h2 id="queue" className="mb-1 flex items-center gap-2 text-head max-md:px-4">
        {t('queue')}
        <span className="tabular text-small font-normal text-ink3">
          {data.pages[0]?.total_size ?? deals.length}
        </span>
      </h2>
      {deals.length === 0 && <p className="text-ink2 max-md:px-4">{t('queue_empty')}</p>}
      <ul className="divide-y divide-line">
        {deals.map((deal) => (
          <QueueRow key={deal.id} deal={deal} all={deals} />
        ))}
      </ul>
    </section>
  );
}

/** What the next step of a deal still waits for. */
function useMissing(deal: Deal) {
  const { t } = useTranslation('today');
  const quotes = deal.calculation_count ?? 0;
  const ready = deal.ready_calculation_count ?? 0;
  if (deal.status === 'issuance') {
    return deal.policy_count ? t('policy_draft') : t('policy_none');
  }
  if (ready > 0) return t('quotes_ready', { count: ready });
  return quotes > 0 ? t('quotes_unready', { count: quotes }) : t('quotes_none');
}

function QueueRow({ deal, all: siblings }: { deal: Deal; all: Deal[] }) {
  const { t } = useTranslation('today');
  const missing = useMissing(deal);
  return (
    <li
      data-row={deal.id}
      className="relative flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-chip py-2 hover:bg-hover max-md:px-4"
    >
      <div className="min-w-0 flex-1 max-md:basis-full">
        <Link
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          onClick={() => keepPlace(siblings.map(({ id }) => id))}
          className="block truncate font-medium after:absolute after:inset-0"
        >
          {deal.client_name || deal.title}
        </Link>
        <p className="truncate text-small text-ink2">
          {deal.title} · <span className="text-ink">{missing}</span>
        </p>
      </div>
      <DealStatusChip status={deal.status} />
      {deal.deadline ? (
        <Due day={deal.deadline.date} />
      ) : (
        <span className="text-small text-warn">{t('queue_no_date')}</span>
      )}
    </li>
  );
}
