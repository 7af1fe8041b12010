import { useTranslation } from 'react-i18next';
import type { Task, TaskStatus } from '@/lib/types';
import { useNumber } from '@/parts/deal_bits';
import { useDrop } from '@/parts/dragging';
import { refusal } from '@/parts/tasks/rules';
import { Button } from '@/ui/button';
import { cx } from '@/ui/cx';
import { TaskCard } from './task_card';

interface BoardColumnProps {
  status: TaskStatus;
  count: number;
  tasks: Task[];
  more: { busy: boolean; load: () => void } | undefined;
  dragged: Task | undefined;
}
export function BoardColumn({ status, count, tasks, more, dragged }: BoardColumnProps) {
  const { t } = useTranslation(['tasks', 'common']);
  const number = useNumber();
  const { element, over } = useDrop<Task>(status, (task) => refusal(task, status) === undefined);
  const name = t(`tasks:status_is.${status}`);
  const why = dragged && refusal(dragged, status);
  const refused = why && why !== 'same' ? why : undefined;
  return (
    <section
      ref={element}
      aria-label={name}
      data-column={status}
      className={cx(
        'flex min-h-0 max-w-[340px] min-w-[232px] flex-1 snap-center flex-col rounded-panel bg-canvas transition-opacity max-md:min-w-[84%]',
        over && 'outline-2 outline-accent',
        refused && 'opacity-50',
      )}
    >
      <header className="flex h-11 shrink-0 items-center gap-2 px-3">
        <h2 className="font-semibold">{name}</h2>
        <span className="tabular text-small text-ink3">{number(count)}</span>
      </header>
      {refused && <p className="mx-3 mb-2 text-small text-ink2">{t(`tasks:refused.${refused}`)}</p>}
      <div
        role="group"
        aria-label={name}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
      >
        {tasks.length === 0 && (
          <p className="px-1 py-4 text-small text-ink3">{t('tasks:column_empty')}</p>
        )}
        <ul className="flex flex-col gap-2">
          {tasks.map((task) => (
            <TaskCard key={task.id} task={task} movable />
          ))}
        </ul>
        {more && (
          <Button variant="quiet" className="mt-2 w-full" isPending={more.busy} onPress={more.load}>
            {t('common:next_page')}
          </Button>
        )}
      </div>
    </section>
  );
}
