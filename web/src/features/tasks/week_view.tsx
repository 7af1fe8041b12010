import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { taskResource } from '@/lib/data/tasks';
import { addDays, type Day, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { allRows } from '@/lib/list/resource';
import { useSession } from '@/lib/session';
import type { Task } from '@/lib/types';
import type { LayoutProps } from '@/parts/list/types';
import { useDueDay } from '@/parts/tasks/bits';
import { Button, IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { ChevronLeft, ChevronRight } from '@/ui/icons';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { TaskCard } from './task_card';
import { mondayOf, weekDays } from './week';

/** The query's tasks of one week, day by day. */
export function WeekView({ query }: LayoutProps) {
  const { t } = useTranslation('tasks');
  const { today } = useSession();
  const dueDay = useDueDay();
  const [monday, setMonday] = useState<Day>(mondayOf(today));
  const days = weekDays(monday);
  const within = `due >= "${monday}" AND due <= "${addDays(monday, 6)}"`;
  const filter = [query.filter && `(${query.filter})`, within].filter(Boolean).join(' AND ');
  const week = useQuery({
    queryKey: ['tasks', 'whole', 'week', filter, query.q],
    queryFn: () => allRows<Task>(taskResource, { filter, q: query.q, order_by: 'due' }),
    placeholderData: keepPreviousData,
  });
  if (week.error && !week.data) {
    return <ErrorState failure={week.error} onRetry={() => void week.refetch()} />;
  }
  const title = `${formatDay(monday, currentLocale(), 'short')} – ${formatDay(addDays(monday, 6), currentLocale(), 'short')}`;
  return (
    <>
      <div className="flex items-center gap-1 px-5 pb-2 max-md:px-4">
        <IconButton label={t('week_before')} onPress={() => setMonday(addDays(monday, -7))}>
          <ChevronLeft />
        </IconButton>
        <IconButton label={t('week_after')} onPress={() => setMonday(addDays(monday, 7))}>
          <ChevronRight />
        </IconButton>
        <h2 className="tabular px-1 text-head" aria-live="polite">
          {title}
        </h2>
        {monday !== mondayOf(today) && (
          <Button variant="quiet" onPress={() => setMonday(mondayOf(today))}>
            {t('this_week')}
          </Button>
        )}
      </div>
      {!week.data && <RowsSkeleton />}
      {week.data && (
        <section
          aria-label={title}
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto px-5 pb-4 max-md:px-4"
        >
          <ol className="grid min-w-[980px] grid-cols-7 gap-2 max-md:min-w-0 max-md:grid-cols-1">
            {days.map((day) => (
              <DayColumn
                key={day}
                day={day}
                current={day === today}
                tasks={week.data.filter((task) => dueDay(task) === day)}
              />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

function DayColumn({ day, current, tasks }: { day: Day; current: boolean; tasks: Task[] }) {
  const name = new Intl.DateTimeFormat(currentLocale(), {
    weekday: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
  return (
    <li
      className={cx(
        'flex min-h-24 min-w-0 flex-col gap-2 rounded-panel bg-canvas p-2 max-md:min-h-0',
        current && 'ring-1 ring-accent',
      )}
    >
      <h3 className={cx('flex justify-between text-small', current ? 'font-medium' : 'text-ink2')}>
        {name}
        {tasks.length > 0 && <span className="tabular text-ink3">{tasks.length}</span>}
      </h3>
      <ul className="flex flex-col gap-2">
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} />
        ))}
      </ul>
    </li>
  );
}
