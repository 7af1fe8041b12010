import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { batchTasks, saveTask, taskResource } from '@/lib/data/tasks';
import { lazy } from '@/lib/lazy';
import { useRole } from '@/lib/session';
import { may, type Task, taskStatuses } from '@/lib/types';
import { useCalendarLayout } from '@/parts/calendar/calendar_layout';
import { usePeopleOptions } from '@/parts/list/people';
import { Stamp } from '@/parts/list/stamp';
import type { BuiltView, BulkOf, ColumnOf, ListOf } from '@/parts/list/types';
import { askAbout, TaskMenu, useStep } from '@/parts/tasks/actions';
import { isOpen, Priority, TaskDue, TaskStatusChip } from '@/parts/tasks/bits';
import { BoardIcon, Clock } from '@/ui/icons';
import type { FilterField } from '@/ui/list/types';
import { NoTasks } from './no_tasks';

const BoardView = lazy(() =>
  import('./board_view').then(({ BoardView }) => ({ default: BoardView })),
);
const TaskCalendar = lazy(() =>
  import('./task_calendar').then(({ TaskCalendar }) => ({ default: TaskCalendar })),
);
const WeekView = lazy(() => import('./week_view').then(({ WeekView }) => ({ default: WeekView })));

const priorities = ['high', 'normal', 'low'] as const;

/** The list of tasks: table, board by status, week and calendar are drawings of its one query. */
export function useTaskList(): ListOf<Task> {
  const { t } = useTranslation('tasks');
  const navigate = useNavigate();
  const step = useStep();
  const calendar = useCalendarLayout((drawn) => <TaskCalendar {...drawn} />);
  return {
    resource: taskResource,
    title: t('title'),
    count: (count, formatted) => t('count', { count, formatted }),
    columns: useColumns(),
    fields: useFields(),
    views: useViews(),
    groupings: useGroupings(),
    layouts: [
      {
        id: 'board',
        label: t('board'),
        icon: <BoardIcon />,
        draw: (board) => <BoardView {...board} />,
      },
      {
        id: 'week',
        label: t('week'),
        icon: <Clock />,
        draw: (week) => <WeekView {...week} />,
      },
      calendar,
    ],
    bulk: useBulk(),
    search: t('search'),
    open: (task) => void navigate({ to: '/tasks/$taskId', params: { taskId: task.id } }),
    keys: {
      KeyS: (task) => {
        const next = task.allowed_statuses?.find((status) => status !== 'cancelled');
        if (next) step(task, next);
      },
      KeyH: (task) => may(task, 'postpone') && askAbout('date', task),
      KeyA: (task) => may(task, 'assign') && askAbout('assign', task),
    },
    phoneRow: (task) => <PhoneRow task={task} />,
    update: saveTask,
    empty: <NoTasks />,
    emptyFiltered: t('empty_filtered'),
  };
}

function useViews(): [BuiltView, ...BuiltView[]] {
  const { t } = useTranslation('tasks');
  const view = (id: 'mine' | 'authored' | 'team' | 'overdue' | 'all', f: string): BuiltView => ({
    id,
    label: t(`view.${id}`),
    f,
    sort: 'due',
  });
  const mine = view('mine', 'assignee_id.is.me*open.is.true');
  const overdue = { ...view('overdue', 'overdue.is.true'), urgent: true };
  const authored = view('authored', 'author_id.is.me*open.is.true');
  const team = view('team', 'open.is.true');
  const all = { ...view('all', ''), sort: 'created_at desc' };
  return useRole() === 'head'
    ? [team, overdue, mine, authored, all]
    : [mine, overdue, authored, team, all];
}

function useGroupings() {
  const { t } = useTranslation('tasks');
  const people = usePeopleOptions();
  const nameOf = (id: string) => people.find((person) => person.id === id)?.label ?? '…';
  return [
    {
      id: 'status',
      label: t('status'),
      order: taskStatuses,
      valueLabel: (value: string) => t(`status_is.${value as 'new'}`),
    },
    {
      id: 'priority',
      label: t('priority'),
      order: priorities,
      valueLabel: (value: string) => t(`priority_is.${value as 'high'}`),
    },
    { id: 'assignee_id', label: t('assignee'), valueLabel: nameOf },
    { id: 'author_id', label: t('author'), valueLabel: nameOf },
  ];
}

function useFields(): FilterField[] {
  const { t } = useTranslation('tasks');
  const people = usePeopleOptions();
  return [
    {
      id: 'status',
      label: t('status'),
      kind: 'enum',
      options: taskStatuses.map((id) => ({ id, label: t(`status_is.${id}`) })),
    },
    {
      id: 'priority',
      label: t('priority'),
      kind: 'enum',
      options: priorities.map((id) => ({ id, label: t(`priority_is.${id}`) })),
    },
    { id: 'assignee_id', label: t('assignee'), kind: 'person', options: people },
    { id: 'author_id', label: t('author'), kind: 'person', optional: true, options: people },
    { id: 'lead_agent_id', label: t('lead'), kind: 'person', options: people },
    { id: 'due', label: t('due'), kind: 'instant', optional: true },
    { id: 'open', label: t('open'), kind: 'boolean' },
    { id: 'overdue', label: t('overdue'), kind: 'boolean' },
    { id: 'subject', label: t('subject'), kind: 'text' },
    { id: 'number', label: t('number'), kind: 'text' },
    { id: 'created_at', label: t('created_at'), kind: 'instant' },
  ];
}

/** Many at once: who, when; a way back stands in the answer. */
function useBulk(): BulkOf<Task>[] {
  const { t } = useTranslation('tasks');
  const skip = (task: Task) =>
    isOpen(task) && may(task, 'update') ? undefined : t('not_yours_to_change');
  const later = (id: 'tomorrow' | 'plus3' | 'week', days: number): BulkOf<Task> => ({
    id,
    label: t(`bulk_postpone.${id}`),
    icon: <Clock />,
    skip,
    run: (tasks) => batchTasks(tasks, { postpone_days: days }),
  });
  return [
    later('tomorrow', 1),
    later('week', 7),
    {
      id: 'high',
      label: t('bulk_high'),
      skip,
      run: (tasks) => batchTasks(tasks, { priority: 'high' }),
    },
  ];
}

function SubjectLink({ task }: { task: Task }) {
  return (
    <Link
      to="/tasks/$taskId"
      params={{ taskId: task.id }}
      tabIndex={-1}
      className="min-w-0 truncate font-medium hover:underline"
    >
      {task.subject}
    </Link>
  );
}

function useColumns(): ColumnOf<Task>[] {
  const { t } = useTranslation(['tasks', 'common']);
  const locked = (task: Task) => (may(task, 'update') ? undefined : t('common:locked'));
  return [
    {
      id: 'subject',
      file: ['subject', { field: 'priority', title: t('tasks:priority') }],
      label: t('tasks:subject'),
      cell: (task) => (
        <span className="flex min-w-0 items-center gap-2">
          <SubjectLink task={task} />
          <span className="shrink-0">
            <Priority task={task} />
          </span>
        </span>
      ),
      edit: {
        kind: 'text',
        locked,
        value: ({ subject }) => subject,
        change: (subject, task) => ({ subject: subject ?? task.subject }),
      },
    },
    {
      id: 'deal',
      file: 'deal_title',
      label: t('tasks:deal'),
      width: 200,
      cell: ({ deal_id, deal_title }) =>
        deal_id && (
          <Link
            to="/deals/$dealId"
            params={{ dealId: deal_id }}
            search={{ tab: 'tasks' }}
            tabIndex={-1}
            className="text-ink2 hover:underline"
          >
            {deal_title}
          </Link>
        ),
    },
    {
      id: 'status',
      file: 'status',
      label: t('tasks:status'),
      width: 120,
      cell: ({ status }) => <TaskStatusChip status={status} />,
    },
    {
      id: 'due',
      file: ['due_on', 'due_at'],
      label: t('tasks:due'),
      width: 150,
      sort: 'due',
      cell: (task) => <TaskDue task={task} />,
    },
    {
      id: 'assignee',
      file: 'assignee_name',
      label: t('tasks:assignee'),
      width: 160,
      cell: ({ assignee_name }) => assignee_name,
    },
    {
      id: 'author',
      file: 'author_name',
      label: t('tasks:author'),
      width: 160,
      cell: ({ author_name, rule }) =>
        author_name ?? (rule && <span className="text-ink2">{t('tasks:by_rule')}</span>),
    },
    {
      id: 'number',
      file: 'number',
      label: t('tasks:number'),
      width: 120,
      sort: 'number',
      hidden: true,
      cell: ({ number }) => <span className="tabular text-ink2">{number}</span>,
    },
    {
      id: 'created',
      file: 'created_at',
      label: t('tasks:created_at'),
      width: 120,
      sort: 'created_at',
      hidden: true,
      cell: ({ created_at }) => <Stamp at={created_at} />,
    },
    {
      id: 'menu',
      label: t('tasks:actions'),
      quietLabel: true,
      width: 64,
      end: true,
      cell: (task) => <TaskMenu task={task} />,
    },
  ];
}

function PhoneRow({ task }: { task: Task }) {
  return (
    <div className="grid w-[calc(100vw-2rem)] grid-cols-[minmax(0,1fr)_auto] items-center gap-1">
      <div className="min-w-0">
        <div className="flex items-center justify-between gap-2">
          <SubjectLink task={task} />
          <TaskDue task={task} />
        </div>
        <div className="flex items-center justify-between gap-2 text-small text-ink2">
          <span className="min-w-0 truncate">{task.deal_title ?? task.assignee_name}</span>
          <TaskStatusChip status={task.status} />
        </div>
      </div>
      <TaskMenu task={task} />
    </div>
  );
}
