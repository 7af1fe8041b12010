import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { taskResource } from '@/lib/data/tasks';
import { useKeys } from '@/lib/keys';
import { newest } from '@/lib/list/newest';
import { countQuery, type ListQuery, rowsOf, rowsQuery } from '@/lib/list/resource';
import { may, type Task, type TaskStatus, taskStatuses } from '@/lib/types';
import { useDragged } from '@/parts/dragging';
import type { LayoutProps } from '@/parts/list/types';
import { askAbout, useStep } from '@/parts/tasks/actions';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { BoardColumn } from './board_column';
import { openMenu } from './open_menu';

/** Columns are statuses. What a step needs in words is asked before it is saved. */
export function BoardView({ query, empty }: LayoutProps) {
  const heads = useQuery({
    ...countQuery(taskResource, { ...query, group_by: 'status' }),
    placeholderData: keepPreviousData,
  });
  const columns: Record<TaskStatus, ReturnType<typeof useColumn>> = {
    new: useColumn(query, 'new'),
    in_progress: useColumn(query, 'in_progress'),
    done: useColumn(query, 'done'),
    cancelled: useColumn(query, 'cancelled'),
  };
  const dragged = useDragged<Task, TaskStatus>(useStep());
  const all = newest(taskStatuses.flatMap((status) => columns[status].tasks));
  useBoardKeys(all);
  if (heads.error && !heads.data) {
    return <ErrorState failure={heads.error} onRetry={() => void heads.refetch()} />;
  }
  if (!heads.data) return <RowsSkeleton />;
  if (!heads.data.total_size) return empty;
  const count = (status: TaskStatus) =>
    heads.data?.groups?.find(({ value }) => value === status)?.count ?? 0;
  return (
    <div className="flex min-h-0 flex-1 snap-x gap-2.5 overflow-x-auto px-5 pb-4 max-md:snap-mandatory max-md:px-4">
      {taskStatuses.map((status) => (
        <BoardColumn
          key={status}
          status={status}
          count={count(status)}
          // A step shows at once: the card stands where its status says, whoever listed it.
          tasks={all.filter((task) => task.status === status)}
          more={columns[status].more}
          dragged={dragged}
        />
      ))}
    </div>
  );
}

function useColumn(query: ListQuery, status: TaskStatus) {
  const filter = [query.filter && `(${query.filter})`, `status = "${status}"`]
    .filter(Boolean)
    .join(' AND ');
  const list = useInfiniteQuery(
    rowsQuery(taskResource, { filter, q: query.q, order_by: query.order_by }),
  );
  return {
    tasks: list.data?.pages.flatMap((page) => rowsOf<Task>('tasks', page)) ?? [],
    more: list.hasNextPage
      ? { busy: list.isFetchingNextPage, load: () => void list.fetchNextPage() }
      : undefined,
  };
}

/** J and K walk the cards; S, H and A do with the current one what a drag or its menu would. */
function useBoardKeys(tasks: Task[]) {
  const current = () => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]');
    return tasks.find(({ id }) => id === row?.dataset.row);
  };
  const withCurrent = (act: (task: Task) => void) => () => {
    const task = current();
    if (task) act(task);
  };
  const walk = (by: 1 | -1) => () => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    rows[at < 0 ? 0 : at + by]?.querySelector<HTMLElement>('a')?.focus();
  };
  useKeys({
    KeyJ: walk(1),
    KeyK: walk(-1),
    KeyS: withCurrent((task) => openMenu.set(task.id)),
    KeyH: withCurrent((task) => may(task, 'postpone') && askAbout('date', task)),
    KeyA: withCurrent((task) => may(task, 'assign') && askAbout('assign', task)),
  });
}
