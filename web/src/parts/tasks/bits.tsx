import { useTranslation } from 'react-i18next';
import { dayOf, formatTime } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Task, TaskStatus } from '@/lib/types';
import { Due } from '@/parts/deal_bits';
import { Chip, type Tone } from '@/ui/chip';
import { cx } from '@/ui/cx';
import { Warning } from '@/ui/icons';

const tones: Record<TaskStatus, Tone> = {
  new: 'idle',
  in_progress: 'info',
  done: 'ok',
  cancelled: 'idle',
};

export function TaskStatusChip({ status }: { status: TaskStatus }) {
  const { t } = useTranslation('tasks');
  return (
    <Chip tone={tones[status]}>
      <span className={cx(status === 'cancelled' && 'line-through')}>
        {t(`status_is.${status}`)}
      </span>
    </Chip>
  );
}

export const isOpen = (task: Task) => task.status === 'new' || task.status === 'in_progress';

/** The day that it is due on, in the agency's zone. */
export function useDueDay() {
  const { time_zone } = useSession();
  return (task: Task) => task.due_on ?? (task.due_at ? dayOf(task.due_at, time_zone) : undefined);
}

/** Due as lists show it: only what is open can be late. */
export function TaskDue({ task }: { task: Task }) {
  const { time_zone } = useSession();
  const day = useDueDay()(task);
  if (!isOpen(task)) return null;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Due day={day} />
      {task.due_at && (
        <span className="tabular text-chip text-ink2">
          {formatTime(task.due_at, currentLocale(), time_zone)}
        </span>
      )}
    </span>
  );
}

export function Priority({ task }: { task: Pick<Task, 'priority'> }) {
  const { t } = useTranslation('tasks');
  if (task.priority === 'normal') return null;
  const high = task.priority === 'high';
  return (
    <Chip tone={high ? 'bad' : 'none'} icon={high ? <Warning /> : undefined}>
      {t(`priority_is.${task.priority}`)}
    </Chip>
  );
}
