import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { taskResource } from '@/lib/data/tasks';
import { countQuery, type ListQuery, rowsOf, rowsQuery } from '@/lib/list/resource';
import { type Task, type TaskStatus, taskStatuses } from '@/lib/types';
import type { LayoutProps } from '@/parts/list/types';
import { TaskStatusChip } from '@/parts/tasks/bits';
import { Button } from '@/ui/button';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { TaskCard } from './task_card';

/** Columns are statuses; a step is taken from the card, since most need words. */
export function BoardView({ query, empty }: LayoutProps) {
  const heads = useQuery({
    ...countQuery(taskResource, { ...query, group_by: 'status' }),
    placeholderData: keepPreviousData,
  });
  if (heads.error && !heads.data) {
    return <ErrorState failure={heads.error} onRetry={() => void heads.refetch()} />;
  }
  if (!heads.data) return <RowsSkeleton />;
  if (!heads.data.total_size) return empty;
  const count = (status: TaskStatus) =>
    heads.data.groups?.find(({ value }) => value === status)?.count ?? 0;
  return (
    <div className="flex min-h-0 flex-1 snap-x gap-2.5 overflow-x-auto px-5 pb-4 max-md:snap-mandatory max-md:px-4">
      {taskStatuses.map((status) => (
        <Column key={status} status={status} query={query} count={count(status)} />
      ))}
    </div>
  );
}

interface ColumnProps {
  status: TaskStatus;
  query: ListQuery;
  count: number;
}
function Column({ status, query, count }: ColumnProps) {
  const { t } = useTranslation(['tasks', 'common']);
  const filter = [query.filter && `(${query.filter})`, `status = "${status}"`]
    .filter(Boolean)
    .join(' AND ');
  const list = useInfiniteQuery(
    rowsQuery(taskResource, { filter, q: query.q, order_by: query.order_by }),
  );
  const tasks = list.data?.pages.flatMap((page) => rowsOf<Task>('tasks', page)) ?? [];
  return (
    <section
      aria-label={t(`tasks:status_is.${status}`)}
      tabIndex={0}
      className="flex w-72 shrink-0 snap-start flex-col overflow-y-auto rounded-panel bg-canvas p-2 max-md:w-[84vw]"
    >
      <h2 className="mb-2 flex items-center gap-2 px-1">
        <TaskStatusChip status={status} />
        <span className="tabular text-small text-ink3">{count}</span>
      </h2>
      <div className="flex flex-col gap-2">
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} />
        ))}
        {list.hasNextPage && (
          <Button
            variant="quiet"
            isPending={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          >
            {t('common:next_page')}
          </Button>
        )}
      </div>
    </section>
  );
}
