import { Link } from '@tanstack/react-router';
import type { Task } from '@/lib/types';
import { NextStep, TaskMenu } from '@/parts/tasks/actions';
import { Priority, TaskDue } from '@/parts/tasks/bits';
import { Avatar } from '@/ui/avatar';

/** One task of a board or a week. */
export function TaskCard({ task, quiet }: { task: Task; quiet?: boolean }) {
  return (
    <article className="rounded-card border border-line bg-raised p-2.5 shadow-1">
      <div className="flex items-start gap-1.5">
        <Link
          to="/tasks/$taskId"
          params={{ taskId: task.id }}
          className="min-w-0 flex-1 break-words font-medium hover:underline"
        >
          {task.subject}
        </Link>
        <TaskMenu task={task} />
      </div>
      {task.deal_title && <p className="truncate text-small text-ink2">{task.deal_title}</p>}
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
        {!quiet && <TaskDue task={task} />}
        <Priority task={task} />
        {task.assignee_name && (
          <span className="ml-auto inline-flex items-center gap-1.5 text-chip text-ink2">
            <Avatar name={task.assignee_name} size="small" />
            <span className="sr-only">{task.assignee_name}</span>
          </span>
        )}
      </div>
      {!quiet && (
        <div className="mt-2 empty:hidden">
          <NextStep task={task} />
        </div>
      )}
    </article>
  );
}
