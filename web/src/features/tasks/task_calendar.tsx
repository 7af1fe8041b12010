import { Link } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { taskResource } from '@/lib/data/tasks';
import { dayOf } from '@/lib/dates';
import { useSession } from '@/lib/session';
import { may, type Task } from '@/lib/types';
import { MonthCalendar } from '@/parts/calendar/month_calendar';
import type { LayoutProps } from '@/parts/list/types';
import { usePostponeTask } from '@/parts/tasks/actions';
import { isOpen } from '@/parts/tasks/bits';
import { cx } from '@/ui/cx';

/** The list by the days on which tasks are due; a task carried to another day keeps its time. */
export function TaskCalendar(props: LayoutProps) {
  const { t } = useTranslation('tasks');
  const { today, time_zone } = useSession();
  const dueOn = useCallback(
    ({ due_on, due_at }: Task) => due_on ?? (due_at && dayOf(due_at, time_zone)),
    [time_zone],
  );
  const line = useCallback(
    (task: Task) => <TaskLine task={task} late={isOpen(task) && (dueOn(task) ?? today) < today} />,
    [dueOn, today],
  );
  const postpone = usePostponeTask();
  const refusal = (task: Task) => {
    if (may(task, 'postpone')) return undefined;
    return isOpen(task) ? t('due_refused.not_author') : t('due_refused.closed');
  };
  return (
    <MonthCalendar
      {...props}
      resource={taskResource}
      field="due"
      count={(count, formatted) => t('count', { count, formatted })}
      dayOf={dueOn}
      line={line}
      move={{ refusal, to: postpone }}
    />
  );
}

function TaskLine({ task, late }: { task: Task; late: boolean }) {
  return (
    <Link
      to="/tasks/$taskId"
      params={{ taskId: task.id }}
      tabIndex={-1}
      draggable={false}
      className={cx(
        'truncate hover:underline',
        late && 'text-bad',
        !isOpen(task) && 'text-ink3 line-through',
      )}
    >
      {task.subject}
    </Link>
  );
}
