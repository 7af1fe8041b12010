import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dealListQuery } from '@/lib/data/deals';
import { is } from '@/lib/filter';
import type { Client } from '@/lib/types';
import { DealStatusChip, Due, useMoveText } from '@/parts/deal_bits';
import { Button } from '@/ui/button';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

export function ClientDeals({ client }: { client: Client }) {
  const { t } = useTranslation(['clients', 'common']);
  const moveText = useMoveText();
  const list = useInfiniteQuery(
    dealListQuery({ filter: is('client_id', client.id) || undefined, order_by: 'deadline_on' }),
  );
  const deals = list.data?.pages.flatMap((page) => page.deals ?? []);
  if (list.error && !deals) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!deals) return <RowsSkeleton rows={3} />;
  if (deals.length === 0) return <EmptyState title={t('clients:deals_empty')} />;
  return (
    <div>
      <ul className="divide-y divide-line">
        {deals.map((deal) => (
          <li key={deal.id}>
            <Link
              to="/deals/$dealId"
              params={{ dealId: deal.id }}
              className="flex min-h-11 flex-wrap items-center gap-x-3 px-3 py-1 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="min-w-40 flex-1 truncate font-medium">{deal.title}</span>
              <span className="tabular text-small text-ink3">{deal.number}</span>
              <DealStatusChip status={deal.status} />
              <span className="text-small text-ink2 max-md:hidden">{moveText(deal)}</span>
              <Due day={deal.deadline?.date} />
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="quiet" onPress={() => void list.fetchNextPage()}>
          {t('common:next_page')}
        </Button>
      )}
    </div>
  );
}
