import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoveTask, useUpdateTask } from '@/lib/data/tasks';
import type { Day } from '@/lib/dates';
import { useSession } from '@/lib/session';
import type { Task, TaskStatus } from '@/lib/types';
import { PersonSelect } from '@/parts/person_select';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { type Question, usePostponeTask, type WordsQuestion } from './actions';

interface AskingProps {
  what: Question;
  task: Task;
  onClose: () => void;
}
export function Asking({ what, ...props }: AskingProps) {
  if (what === 'date') return <DateDialog {...props} />;
  if (what === 'assign') return <AssignDialog {...props} />;
  return <WordsDialog {...props} what={what} />;
}

const statusOf: Record<WordsQuestion, TaskStatus> = {
  done: 'done',
  return: 'in_progress',
  cancel: 'cancelled',
};

/** The result, what is missing, or why not: no step that needs words goes without them. */
function WordsDialog({ what, task, onClose }: Omit<AskingProps, 'what'> & { what: WordsQuestion }) {
  const { t } = useTranslation('tasks');
  const move = useMoveTask();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = () => {
    const words = text.trim();
    if (!words) return setMissing(true);
    const said = what === 'cancel' ? { reason: words } : { comment: words };
    move.mutate({ task, status: statusOf[what], ...said }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t(`ask.${what}.title`)}
      submit={t(`step.${what}`)}
      tone={what === 'cancel' ? 'danger' : 'primary'}
      busy={move.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="text-ink2">{task.subject}</p>
      <TextArea
        label={t(`ask.${what}.words`)}
        hint={t(`ask.${what}.hint`)}
        value={text}
        onChange={(next) => {
          setText(next);
          setMissing(false);
        }}
        error={missing ? t(`ask.${what}.required`) : undefined}
        maxLength={what === 'cancel' ? 500 : 5000}
        isRequired
        validationBehavior="aria"
        autoFocus
      />
    </FormDialog>
  );
}

function DateDialog({ task, onClose }: Omit<AskingProps, 'what'>) {
  const { t } = useTranslation('tasks');
  const { today } = useSession();
  const postpone = usePostponeTask();
  const [day, setDay] = useState<Day>();
  const [missing, setMissing] = useState(false);
  const submit = () => {
    if (!day) return setMissing(true);
    postpone(task, day);
    onClose();
  };
  return (
    <FormDialog title={t('postpone')} submit={t('postpone')} onClose={onClose} onSubmit={submit}>
      <DateField
        label={t('due')}
        value={day}
        onChange={(next) => {
          setDay(next);
          setMissing(false);
        }}
        today={today}
        autoFocus
        error={missing ? t('date_required') : undefined}
      />
    </FormDialog>
  );
}

function AssignDialog({ task, onClose }: Omit<AskingProps, 'what'>) {
  const { t } = useTranslation('tasks');
  const update = useUpdateTask();
  const [person, setPerson] = useState(task.assignee_id);
  const submit = () =>
    update.mutate({ task, fields: { assignee_id: person } }, { onSuccess: onClose });
  return (
    <FormDialog
      title={t('assign')}
      submit={t('assign')}
      busy={update.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      <PersonSelect
        label={t('assignee')}
        value={person}
        onChange={setPerson}
        {...(task.deal_id && { hint: t('assignee_hint') })}
        autoFocus
      />
    </FormDialog>
  );
}
