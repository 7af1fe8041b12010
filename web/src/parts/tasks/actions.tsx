import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoveTask, useUpdateTask } from '@/lib/data/tasks';
import { addDays, type Day } from '@/lib/dates';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import { may, type Task, type TaskStatus } from '@/lib/types';
import { dayText } from '@/parts/deal_bits';
import { Button, IconButton } from '@/ui/button';
import { More } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';
import { dueOnDay } from './due';

const Asking = lazy(() => import('./dialogs').then(({ Asking }) => ({ default: Asking })));

/** Steps that need words… */
export type WordsQuestion = 'done' | 'return' | 'cancel';
/** …and what else is asked. */
export type Question = WordsQuestion | 'date' | 'assign';
const asking = createStore<{ what: Question; task: Task } | undefined>(undefined);
export const askAbout = (what: Question, task: Task) => asking.set({ what, task });

/** Stands once on a screen that has tasks. */
export function TaskDialogs() {
  const asked = useStore(asking);
  if (!asked) return null;
  return (
    <Suspense>
      <Asking key={asked.what + asked.task.id} {...asked} onClose={() => asking.set(undefined)} />
    </Suspense>
  );
}

const questionOf = (task: Task, status: TaskStatus): WordsQuestion | undefined => {
  if (status === 'done') return 'done';
  if (status === 'cancelled') return 'cancel';
  return task.status === 'done' ? 'return' : undefined;
};

/** Takes a step, or asks first for the words that it needs. */
export function useStep() {
  const move = useMoveTask();
  return (task: Task, status: TaskStatus) => {
    const question = questionOf(task, status);
    if (question) askAbout(question, task);
    else move.mutate({ task, status });
  };
}

export function useStepLabel() {
  const { t } = useTranslation('tasks');
  return (task: Task, status: TaskStatus) => t(`step.${questionOf(task, status) ?? 'start'}`);
}

export function usePostponeTask() {
  const { t } = useTranslation('tasks');
  const { today, time_zone } = useSession();
  const update = useUpdateTask();
  return (task: Task, day: Day) => {
    const before = task.due_at ? { due_at: task.due_at } : { due_on: task.due_on ?? null };
    update
      .mutateAsync({ task, fields: dueOnDay(task, day, time_zone) })
      .then((saved) => {
        const undo = () => update.mutate({ task: saved, fields: before });
        toast(t('postponed', { date: dayText(day, today) }), { undo });
      })
      .catch(() => {});
  };
}

export function usePostponeChoices(task: Task): MenuAction[] {
  const { t } = useTranslation('tasks');
  const { today } = useSession();
  const postpone = usePostponeTask();
  if (!may(task, 'postpone')) return [];
  const to = (id: 'tomorrow' | 'plus3' | 'week', days: number): MenuAction => ({
    id,
    label: t(`postpone_to.${id}`),
    detail: dayText(addDays(today, days), today),
    run: () => postpone(task, addDays(today, days)),
  });
  return [
    to('tomorrow', 1),
    to('plus3', 3),
    to('week', 7),
    { id: 'date', label: t('postpone_to.date'), run: () => askAbout('date', task) },
  ];
}

/** All that may be done with a task, in one menu. */
interface TaskMenuProps {
  task: Task;
  onEdit?: () => void;
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}
export function TaskMenu({ task, onEdit, ...open }: TaskMenuProps) {
  const { t } = useTranslation(['tasks', 'common']);
  const step = useStep();
  const label = useStepLabel();
  const postpone = usePostponeChoices(task);
  const steps: MenuAction[] = (task.allowed_statuses ?? []).map((status) => ({
    id: status,
    label: label(task, status),
    bad: status === 'cancelled',
    run: () => step(task, status),
  }));
  const changes: MenuAction[] = may(task, 'assign')
    ? [
        { id: 'assign', label: t('tasks:assign'), run: () => askAbout('assign', task) },
        ...(onEdit ? [{ id: 'edit', label: t('common:edit'), run: onEdit }] : []),
      ]
    : [];
  const groups = [steps, postpone, changes].filter((group) => group.length > 0);
  if (groups.length === 0) return null;
  return (
    <Menu
      {...open}
      label={t('tasks:actions')}
      trigger={
        <IconButton label={t('tasks:actions')}>
          <More />
        </IconButton>
      }
      actions={groups.flatMap((group, index) =>
        index > 0 ? (['line', ...group] as const) : group,
      )}
    />
  );
}

/** The step that the caller is expected to take next. */
export function NextStep({ task, primary }: { task: Task; primary?: boolean }) {
  const step = useStep();
  const label = useStepLabel();
  const forward = task.allowed_statuses?.find((status) => status !== 'cancelled');
  if (!forward) return null;
  return (
    <Button variant={primary ? 'primary' : 'plain'} onPress={() => step(task, forward)}>
      {label(task, forward)}
    </Button>
  );
}
