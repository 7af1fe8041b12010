import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dealTasksQuery } from '@/lib/data/tasks';
import type { Deal, Task } from '@/lib/types';
import { NextStep, TaskDialogs, TaskMenu } from '@/parts/tasks/actions';
import { Priority, TaskDue, TaskStatusChip } from '@/parts/tasks/bits';
import { NewLine } from '@/parts/tasks/new_line';
import { Button } from '@/ui/button';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

/** The deal's tasks: one line makes a new one, the open ones stand first. */
export function DealTasks({ deal }: { deal: Deal }) {
  const { t } = useTranslation('tasks');
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-5">
      {deal.status !== 'closed' && <NewLine dealId={deal.id} />}
      <Tasks deal={deal} open title={t('open_ones')} empty={t('none_open')} />
      <Tasks deal={deal} open={false} title={t('finished_ones')} />
      <TaskDialogs />
    </div>
  );
}

interface TasksProps {
  deal: Deal;
  open: boolean;
  title: string;
  empty?: string;
}
function Tasks({ deal, open, title, empty }: TasksProps) {
  const { t } = useTranslation('common');
  const list = useInfiniteQuery(dealTasksQuery(deal.id, open));
  const tasks = list.data?.pages.flatMap((page) => page.tasks ?? []);
  if (list.error && !tasks) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!tasks) return <RowsSkeleton rows={3} />;
  if (tasks.length === 0) return empty ? <EmptyState title={empty} /> : null;
  return (
    <section aria-label={title}>
      <h2 className="mb-1.5 text-head">{title}</h2>
      <ul className="divide-y divide-line border-y border-line">
        {tasks.map((task) => (
          <Row key={task.id} task={task} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="quiet" onPress={() => void list.fetchNextPage()}>
          {t('next_page')}
        </Button>
      )}
    </section>
  );
}

function Row({ task }: { task: Task }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-52">
        <Link
          to="/tasks/$taskId"
          params={{ taskId: task.id }}
          className="break-words font-medium hover:underline"
        >
          {task.subject}
        </Link>
        <p className="flex flex-wrap items-center gap-2 text-small text-ink2">
          <TaskStatusChip status={task.status} />
          {task.assignee_name}
          <Priority task={task} />
        </p>
        {task.result_comment && (
          <p className="mt-0.5 break-words text-small text-ink2">{task.result_comment}</p>
        )}
      </div>
      <TaskDue task={task} />
      <NextStep task={task} />
      <TaskMenu task={task} />
    </li>
  );
}
