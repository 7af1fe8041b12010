import { Link } from '@tanstack/react-router';
import { useFlash } from '@/lib/flash';
import { useStore } from '@/lib/store';
import type { Task } from '@/lib/types';
import { useLift } from '@/parts/dragging';
import { TaskMenu } from '@/parts/tasks/actions';
import { Priority, TaskDue } from '@/parts/tasks/bits';
import { Avatar } from '@/ui/avatar';
import { cx } from '@/ui/cx';
import { openMenu } from './open_menu';

const hasSteps = ({ allowed_statuses }: Task) => (allowed_statuses ?? []).length > 0;
const never = () => false;

interface TaskCardProps {
  task: Task;
  /** On the board, where a card is dragged between statuses. */
  movable?: boolean;
}
/** One task of a board or a week. */
export function TaskCard({ task, movable }: TaskCardProps) {
  const { element, lifted } = useLift(task, movable ? hasSteps : never);
  const menu = useStore(openMenu) === task.id;
  const flashing = useFlash(task.id);
  return (
    <li
      ref={element}
      data-row={task.id}
      className={cx(
        'group relative rounded-card border border-line bg-raised p-2.5 shadow-1 hover:border-line-strong',
        lifted && 'opacity-40',
        flashing && 'flash',
      )}
    >
      <div className="flex items-start gap-1">
        <Link
          to="/tasks/$taskId"
          params={{ taskId: task.id }}
          draggable={false}
          className="block min-w-0 flex-1 break-words font-medium after:absolute after:inset-0 after:rounded-card focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          {task.subject}
        </Link>
        <span className="absolute top-1 right-1 z-10 rounded-control bg-raised opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-[[data-pressed]]:opacity-100 coarse:static coarse:-m-2 coarse:opacity-100">
          <TaskMenu
            task={task}
            isOpen={menu}
            onOpenChange={(open) => openMenu.set(open ? task.id : undefined)}
          />
        </span>
      </div>
      {task.deal_title && <p className="truncate text-small text-ink2">{task.deal_title}</p>}
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
        {movable && <TaskDue task={task} />}
        <Priority task={task} />
        {task.assignee_name && (
          <span className="ml-auto inline-flex items-center" title={task.assignee_name}>
            <Avatar name={task.assignee_name} size="small" />
            <span className="sr-only">{task.assignee_name}</span>
          </span>
        )}
      </div>
    </li>
  );
}
