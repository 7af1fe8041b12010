import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type DealQuery, dealListQuery } from '@/lib/data/deals';
import type { Deal } from '@/lib/types';
import { DealStatusChip, Due, objectText, useMoveText, WhoseMove } from '@/parts/deal_bits';
import { keepPlace } from '@/parts/place';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { NoDeals } from './board_view';
import { CardMenu } from './card_menu';
import type { Change } from './deals_page';
import type { DealsSearch } from './search';
import { useDealKeys } from './use_deal_keys';

interface TableViewProps {
  query: DealQuery;
  search: DealsSearch;
  change: Change;
}
export function TableView({ query, search, change }: TableViewProps) {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  const list = useInfiniteQuery(dealListQuery(query));
  const deals = useMemo(
    () => list.data?.pages.flatMap((page) => page.deals ?? []) ?? [],
    [list.data],
  );
  const onPeek = (id: string) => change({ peek: id });
  const columns = useColumns(onPeek);
  useDealKeys(deals, change, search.peek);
  if (list.error && !list.data) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!list.data) return <RowsSkeleton />;
  if (deals.length === 0) return <NoDeals search={search} change={change} />;
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={deals}
      rowId={(deal) => deal.id}
      total={Math.max(list.data.pages[0]?.total_size ?? 0, deals.length)}
      current={search.peek}
      sort={query.order_by}
      onSort={(sort) => change({ sort })}
      onOpen={(deal) => {
        keepPlace(deals.map(({ id }) => id));
        void navigate({ to: '/deals/$dealId', params: { dealId: deal.id } });
      }}
      onPeek={(deal) => onPeek(deal.id)}
      onEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
      phoneRow={(deal) => <PhoneRow deal={deal} />}
    />
  );
}

function useColumns(onPeek: (id: string) => void): TableColumn<Deal>[] {
  const { t } = useTranslation('deals');
  const moveText = useMoveText();
  return [
    {
      id: 'client',
      label: t('client'),
      width: '16%',
      cell: (deal) => (
        <Link
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          tabIndex={-1}
          className="font-medium hover:underline"
        >
          {deal.client_name || deal.title}
        </Link>
      ),
    },
    {
      id: 'title',
      label: t('title_field'),
      width: '19%',
      cell: (deal) => (
        <>
          {deal.title}
          {objectText(deal) && objectText(deal) !== deal.title && (
            <span className="text-ink2"> · {objectText(deal)}</span>
          )}
        </>
      ),
    },
    {
      id: 'status',
      label: t('status'),
      width: '130px',
      cell: (deal) => <DealStatusChip status={deal.status} />,
    },
    {
      id: 'move',
      label: t('move'),
      cell: (deal) =>
        deal.deadline && (
          <>
            <WhoseMove deal={deal} />
            <span className="text-small text-ink2"> · {moveText(deal)}</span>
          </>
        ),
    },
    {
      id: 'deadline',
      label: t('deadline'),
      width: '124px',
      sort: 'deadline_on',
      cell: (deal) => <Due day={deal.deadline?.date} />,
    },
    { id: 'lead', label: t('lead'), width: '150px', cell: (deal) => deal.lead_agent_name },
    {
      id: 'number',
      label: t('number'),
      width: '120px',
      sort: 'number',
      cell: (deal) => <span className="tabular text-ink2">{deal.number}</span>,
    },
    {
      id: 'menu',
      label: t('actions'),
      quietLabel: true,
      width: '56px',
      end: true,
      cell: (deal) => (
        <span className="group inline-flex">
          <CardMenu deal={deal} onPeek={onPeek} />
        </span>
      ),
    },
  ];
}

function PhoneRow({ deal }: { deal: Deal }) {
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between gap-2">
        <Link
          to="/deals/$dealId"
          params={{ dealId: deal.id }}
          tabIndex={-1}
          className="min-w-0 truncate font-medium"
        >
          {deal.client_name || deal.title}
        </Link>
        <Due day={deal.deadline?.date} />
      </div>
      <div className="flex items-center justify-between gap-2 text-small text-ink2">
        <span className="min-w-0 truncate">{deal.title}</span>
        <DealStatusChip status={deal.status} />
      </div>
    </div>
  );
}
