import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templatesQuery } from '@/lib/data/task_templates';
import { type NewTask, parsedTaskQuery, useCreateTask } from '@/lib/data/tasks';
import { addDays, dayOf, formatDay, formatTime } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { messageOf } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { ParsedTask, Task, TaskTemplate } from '@/lib/types';
import { useDebounced } from '@/parts/use_debounced';
import { Button } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { TextField } from '@/ui/field';
import { Warning } from '@/ui/icons';

type Problem = NonNullable<ParsedTask['problems']>[number];

/** What is typed, as the server reads it, and what of it was chosen instead. */
export function useTaskLine(dealId?: string, template?: string) {
  const { today } = useSession();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Partial<NewTask>>({});
  const settled = useDebounced(text, 200);
  const parsed = useQuery({
    ...parsedTaskQuery(settled),
    placeholderData: keepPreviousData,
  }).data;
  const fresh = settled === text && text.trim() !== '' ? parsed : undefined;
  const problems = (fresh?.problems ?? []).filter((problem) => !settles(problem, chosen));
  const write = (next: string) => {
    setText(next);
    setChosen({});
  };
  const choose = (problem: Problem, value: string) =>
    setChosen((known) => ({ ...known, ...choiceOf(problem, value) }));
  const begin = (template: TaskTemplate) => {
    write(template.subject);
    setChosen({
      ...(template.description && { description: template.description }),
      ...(template.priority && { priority: template.priority }),
      ...(template.reminders?.length && { reminders: template.reminders.map(oneOf) }),
      ...(template.due_in_days !== undefined && {
        due_on: addDays(today, template.due_in_days),
      }),
    });
  };
  const wanted = useQuery({ ...templatesQuery, enabled: template !== undefined }).data;
  const start = wanted?.task_templates?.find(({ id }) => id === template);
  const begun = useRef<string>(undefined);
  useEffect(() => {
    if (!start || begun.current === start.id) return;
    begun.current = start.id;
    begin(start);
  });
  const task: NewTask | undefined = fresh && {
    subject: fresh.subject ?? '',
    deal_id: fresh.deal_id || dealId,
    assignee_id: fresh.assignee_id || undefined,
    due_on: fresh.due_on,
    due_at: fresh.due_at,
    priority: fresh.priority,
    recurrence: fresh.recurrence,
    ...chosen,
    ...(chosen.due_on && { due_at: undefined }),
  };
  return { text, write, begin, choose, chosen, parsed: fresh, task, problems };
}

/** Days or minutes: the contract takes one of them. */
const oneOf = ({ days = 0, minutes = 0 }) => (days > 0 ? { days } : { minutes });

const choiceOf = (problem: Problem, value: string): Partial<NewTask> => {
  if (problem.code === 'assignee_ambiguous') return { assignee_id: value };
  if (problem.code === 'deal_ambiguous') return { deal_id: value };
  return { due_on: value };
};
const settles = (problem: Problem, chosen: Partial<NewTask>) => {
  if (problem.code === 'assignee_ambiguous') return chosen.assignee_id !== undefined;
  if (problem.code === 'deal_ambiguous') return chosen.deal_id !== undefined;
  return problem.code === 'date_ambiguous' && chosen.due_on !== undefined;
};

type Line = ReturnType<typeof useTaskLine>;

/** What was understood, piece by piece, while one types. */
export function Understood({ line }: { line: Line }) {
  const { t } = useTranslation(['tasks', 'common']);
  const { today, time_zone } = useSession();
  const { parsed, task } = line;
  if (!parsed || !task) return null;
  const day = task.due_on ?? (task.due_at && dayOf(task.due_at, time_zone));
  const dayWords =
    day === today ? t('common:due.today') : day && formatDay(day, currentLocale(), 'short');
  const time = task.due_at && formatTime(task.due_at, currentLocale(), time_zone);
  const every = task.recurrence?.every;
  return (
    <div
      role="status"
      aria-live="polite"
      className="flex flex-wrap items-center gap-1.5 text-small"
    >
      {parsed.subject && <span className="min-w-0 break-words font-medium">{parsed.subject}</span>}
      {day && (
        <Chip tone="accent">
          {dayWords}
          {time && ` ${time}`}
        </Chip>
      )}
      {parsed.assignee_name && <Chip tone="info">{parsed.assignee_name}</Chip>}
      {parsed.deal_number && (
        <Chip tone="idle">
          {parsed.deal_number} · {parsed.deal_title}
        </Chip>
      )}
      {task.priority !== 'normal' && task.priority && (
        <Chip tone={task.priority === 'high' ? 'bad' : 'idle'}>
          {t(`tasks:priority_is.${task.priority}`)}
        </Chip>
      )}
      {every && <Chip tone="idle">{t(`tasks:every.${every}`)}</Chip>}
    </div>
  );
}

/** What was not clear, each with what it may mean. */
export function Unclear({ line }: { line: Line }) {
  const { t } = useTranslation('tasks');
  const { today } = useSession();
  const shown = line.problems.filter(({ code }) => code !== 'subject_missing');
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-small">
      {shown.map((problem) => (
        <li key={`${problem.code}${problem.text}`} className="flex flex-wrap items-center gap-1.5">
          <span className="inline-flex items-center gap-1 text-warn">
            <Warning />
            {t(`unclear.${problem.code as 'deal_not_found'}`, { text: problem.text })}
          </span>
          {problem.candidates?.map(({ value = '', title = '' }) => (
            <Button key={value} onPress={() => line.choose(problem, value)}>
              {/^\d{4}-\d\d-\d\d$/.test(value)
                ? value === today
                  ? t('today')
                  : formatDay(value, currentLocale(), 'long')
                : title}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  );
}

interface LineFieldProps {
  line: Line;
  autoFocus?: boolean;
  error?: string | undefined;
  after?: ReactNode;
}
export function LineField({ line, autoFocus, error, after }: LineFieldProps) {
  const { t } = useTranslation('tasks');
  return (
    <TextField
      label={t('line')}
      placeholder={t('line_hint')}
      value={line.text}
      onChange={line.write}
      maxLength={500}
      {...(autoFocus && { autoFocus })}
      {...(after !== undefined && { after })}
      error={error}
    />
  );
}

export function Templates({ line }: { line: Line }) {
  const { t } = useTranslation('tasks');
  const templates = useQuery(templatesQuery).data?.task_templates ?? [];
  if (templates.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="text-small text-ink3">{t('templates')}</span>
      {templates.map((template) => (
        <Button key={template.id} variant="quiet" onPress={() => line.begin(template)}>
          {template.name}
        </Button>
      ))}
    </div>
  );
}

/** Makes the task of the line; says in words why it cannot yet. */
export function useSendLine(line: Line, onMade: (task: Task) => void) {
  const { t } = useTranslation('tasks');
  const create = useCreateTask();
  const [refused, setRefused] = useState<string>();
  const send = () => {
    const { task, problems } = line;
    if (!line.text.trim()) return setRefused(t('subject_required'));
    if (!task) return;
    if (!task.subject) return setRefused(t('subject_required'));
    if (problems.length > 0) return setRefused(t('unclear_first'));
    setRefused(undefined);
    create.mutate(task, {
      onSuccess: (made) => {
        line.write('');
        toast(t('created', { number: made.number }));
        onMade(made);
      },
      onError: (failure) => setRefused(messageOf(failure)),
    });
  };
  return { send, refused, clear: () => setRefused(undefined), busy: create.isPending };
}
