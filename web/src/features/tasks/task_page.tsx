import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { taskQuery, useUpdateTask } from '@/lib/data/tasks';
import { formatDay, formatTime } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { may, type Task } from '@/lib/types';
import { Back, usePageTitle } from '@/parts/page';
import { NextStep, TaskDialogs, TaskMenu } from '@/parts/tasks/actions';
import { Priority, TaskDue, TaskStatusChip, useDueDay } from '@/parts/tasks/bits';
import { Button } from '@/ui/button';
import { Pencil } from '@/ui/icons';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { TaskHistory } from './task_history';

const EditTask = lazy(() => import('./edit_task').then(({ EditTask }) => ({ default: EditTask })));

export function TaskPage() {
  const { taskId } = useParams({ strict: false }) as { taskId: string };
  const { data: task, error, refetch } = useQuery(taskQuery(taskId));
  if (error && !task) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!task) return <RowsSkeleton />;
  return <Card key={task.id} task={task} />;
}

function Card({ task }: { task: Task }) {
  const { t } = useTranslation(['tasks', 'common']);
  const heading = usePageTitle(task.subject);
  const [editing, setEditing] = useState(false);
  const change = () => setEditing(true);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-3xl flex-col gap-4 px-5 py-4 max-md:px-4">
        <header>
          <Back to="/tasks" label={t('tasks:title')} number={task.number} />
          <h1 ref={heading} tabIndex={-1} className="mt-1 break-words text-record">
            {task.subject}
          </h1>
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <TaskStatusChip status={task.status} />
            <TaskDue task={task} />
            <Priority task={task} />
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-2">
            <NextStep task={task} primary />
            {may(task, 'update') && (
              <Button icon={<Pencil />} onPress={change}>
                {t('common:edit')}
              </Button>
            )}
            <TaskMenu task={task} />
          </div>
        </header>
        <Words
          label={t('tasks:returned')}
          text={task.status === 'in_progress' && task.return_comment}
          bad
        />
        <Words label={t('tasks:result')} text={task.result_comment} />
        <Words label={t('tasks:cancelled_because')} text={task.cancel_reason} />
        {task.description && <p className="whitespace-pre-wrap break-words">{task.description}</p>}
        <Facts task={task} />
        <section aria-labelledby="task-history">
          <h2 id="task-history" className="mb-2 text-head">
            {t('tasks:history')}
          </h2>
          <TaskHistory task={task} />
        </section>
      </div>
      <Suspense>{editing && <EditTask task={task} onClose={() => setEditing(false)} />}</Suspense>
      <TaskDialogs />
    </div>
  );
}

function Words(props: { label: string; text: string | false | undefined; bad?: boolean }) {
  const { label, text, bad } = props;
  if (!text) return null;
  return (
    <div className="rounded-card border border-line bg-canvas p-3">
      <p className={bad ? 'text-small text-bad' : 'text-small text-ink2'}>{label}</p>
      <p className="mt-0.5 whitespace-pre-wrap break-words">{text}</p>
    </div>
  );
}

function Facts({ task }: { task: Task }) {
  const { t } = useTranslation(['tasks', 'common']);
  const { time_zone, today } = useSession();
  const day = useDueDay()(task);
  const due = [
    day && (day === today ? t('tasks:today') : formatDay(day, currentLocale())),
    task.due_at && formatTime(task.due_at, currentLocale(), time_zone),
  ]
    .filter(Boolean)
    .join(', ');
  const reminders = task.reminders?.map(({ days, minutes }) =>
    days
      ? t('tasks:remind_days', { count: days })
      : t('tasks:remind_minutes', { count: minutes ?? 0 }),
  );
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1.5">
      <Fact label={t('tasks:assignee')}>{task.assignee_name}</Fact>
      <Fact label={t('tasks:author')}>{task.author_name ?? t('tasks:by_rule')}</Fact>
      <Fact label={t('tasks:due')}>{due}</Fact>
      <Fact label={t('tasks:deal')}>
        {task.deal_id && (
          <Link
            to="/deals/$dealId"
            params={{ dealId: task.deal_id }}
            search={{ tab: 'tasks' }}
            className="text-accent-ink hover:underline"
          >
            {task.deal_number} · {task.deal_title}
          </Link>
        )}
      </Fact>
      <Fact label={t('tasks:reminders')}>{reminders?.join(', ')}</Fact>
      <Fact label={t('tasks:recurrence')}>{task.recurrence && <Series task={task} />}</Fact>
    </dl>
  );
}

/** How it repeats, and the way to end it. */
function Series({ task }: { task: Task }) {
  const { t } = useTranslation('tasks');
  const update = useUpdateTask();
  const { recurrence } = task;
  if (!recurrence) return null;
  const { every, interval, start, until } = recurrence;
  const before = { every, interval, start, ...(until && { until }) };
  const stop = async () => {
    const saved = await update.mutateAsync({ task, fields: { recurrence: null } }).catch(() => {});
    if (!saved) return;
    const undo = () => update.mutate({ task: saved, fields: { recurrence: before } });
    toast(t('repeat_stopped'), { undo });
  };
  const often =
    interval > 1
      ? `${t(`every.${every}`)}, ${t('interval', { count: interval })}`
      : t(`every.${every}`);
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <span>
        {t('series', { every: often, from: t(`series_from.${start}`) })}
        {until && `, ${t('until', { date: formatDay(until, currentLocale()) })}`}
      </span>
      {may(task, 'update') && (
        <Button variant="quiet" isPending={update.isPending} onPress={() => void stop()}>
          {t('repeat_stop')}
        </Button>
      )}
    </span>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <>
      <dt className="text-ink2">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
