import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '@/lib/data/deal_cache';
import { boardQuery, type DealQuery, moreOfColumn } from '@/lib/data/deals';
import { toastFailure } from '@/lib/messages';
import { type Deal, type DealStatus, dealStatuses } from '@/lib/types';
import { useDragged } from '@/parts/dragging';
import type { LayoutProps } from '@/parts/list/types';
import { useMoveDeal } from '@/parts/transition';
import { Button } from '@/ui/button';
import { ErrorState } from '@/ui/states';
import { BoardColumn, Rail } from './board_column';
import { BoardSkeleton } from './board_skeleton';
import { useDealKeys } from './use_deal_keys';
import { useSteadyBoard } from './use_steady_board';

const wide: DealStatus[] = ['draft', 'calculation', 'client_decision', 'issuance'];
const rails: DealStatus[] = ['active', 'closed'];

export function BoardView({ query, peek, onPeek, empty }: LayoutProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<DealStatus[]>([]);
  const open = dealStatuses.filter((status) => wide.includes(status) || opened.includes(status));
  const options = boardQuery(query, open);
  const { data, error, refetch } = useQuery(options);
  const { board, fresh, show, hold } = useSteadyBoard(data, JSON.stringify(options.queryKey));
  const dragged = useDragged<Deal, DealStatus>(useMoveDeal());
  useDealKeys(board ? dealStatuses.flatMap((status) => board[status].deals) : [], onPeek, peek);
  const more = useMore(options.queryKey, query);
  if (error && !board) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!board) return <BoardSkeleton />;
  if (dealStatuses.every((status) => board[status].count === 0)) {
    return empty;
  }
  const toggle = (status: DealStatus) =>
    setOpened((known) =>
      known.includes(status) ? known.filter((item) => item !== status) : [...known, status],
    );
  return (
    <>
      {fresh > 0 && (
        <div className="flex justify-center pb-2">
          <Button onPress={show}>{t('fresh', { count: fresh })}</Button>
        </div>
      )}
      <div
        {...hold}
        className="flex min-h-0 flex-1 snap-x gap-2.5 overflow-x-auto px-5 pb-4 max-md:snap-mandatory max-md:px-4"
      >
        {dealStatuses.map((status) =>
          open.includes(status) ? (
            <BoardColumn
              key={status}
              status={status}
              column={board[status]}
              dragged={dragged}
              peeked={peek}
              onMore={() => more(status, board[status].next)}
              onPeek={onPeek}
              {...(rails.includes(status) && { onFold: () => toggle(status) })}
            />
          ) : (
            <Rail
              key={status}
              status={status}
              count={board[status].count}
              dragged={dragged}
              onOpen={() => toggle(status)}
            />
          ),
        )}
      </div>
    </>
  );
}

function useMore(queryKey: readonly unknown[], query: DealQuery) {
  const client = useQueryClient();
  const [loading] = useState(() => new Set<string>());
  return async (status: DealStatus, next: string | undefined) => {
    if (!next || loading.has(next)) return;
    loading.add(next);
    try {
      const page = await moreOfColumn(query, status, next);
      client.setQueryData<Board>(queryKey, (known) => {
        if (known?.[status].next !== next) return known;
        const deals = [...known[status].deals, ...(page.deals ?? [])];
        return { ...known, [status]: { ...known[status], deals, next: page.next_page_token } };
      });
    } catch (failure) {
      toastFailure(failure);
    } finally {
      loading.delete(next);
    }
  };
}
