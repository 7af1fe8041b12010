import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keepTask, saveTask, taskQuery } from '@/lib/data/tasks';
import { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import type { Task } from '@/lib/types';
import { EditDialog } from '@/parts/edit_dialog';
import { useRevision } from '@/parts/revision';
import { ReminderFields } from '@/parts/tasks/reminder_fields';
import { DateField } from '@/ui/date_field';
import { TextField } from '@/ui/field';
import { RepeatFields } from './repeat_fields';
import { formOf, isTime, sent, type TaskForm } from './task_form';
import { useShownWord, WordFields } from './word_fields';

export function EditTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation(['tasks', 'common']);
  const { today, time_zone } = useSession();
  const client = useQueryClient();
  const form = useForm<TaskForm>(formOf(task, time_zone));
  const revision = useRevision<Task, TaskForm>({
    record: task,
    fieldsOf: (of) => formOf(of, time_zone),
    fresh: () => client.fetchQuery({ ...taskQuery(task.id), staleTime: 0 }),
    send: async (fields, over) => {
      const all = { ...formOf(over, time_zone), ...fields };
      keepTask(client, await saveTask(over, sent(fields, all, time_zone)));
    },
    onSaved: onClose,
    onFailed: form.fail,
    onClose,
    ...useFieldWords(),
  });
  if (revision.conflict) return revision.conflict;
  const { values, errors, set } = form;
  const submit = () => {
    if (!values.subject.trim()) return form.refuse({ subject: t('tasks:subject_required') });
    if (values.time.trim() && !isTime(values.time)) {
      return form.refuse({ time: t('tasks:time_wrong') });
    }
    const repeats = values.every !== 'none';
    if (!values.due_on && (repeats || values.time.trim() || values.reminders.length > 0)) {
      return form.refuse({ due_on: t('tasks:repeat_needs_due') });
    }
    if (repeats && !/^[1-9]\d?$/.test(values.interval)) {
      return form.refuse({ interval: t('tasks:repeat_wrong') });
    }
    revision.save(form.changed());
  };
  return (
    <EditDialog
      title={t('common:edit')}
      onClose={onClose}
      onSubmit={submit}
      busy={revision.busy}
      form={form}
    >
      <WordFields form={form} autoFocus />
      <div className="grid grid-cols-2 gap-3">
        <DateField
          label={t('tasks:due')}
          value={values.due_on}
          onChange={(day) => set('due_on', day)}
          today={today}
          error={errors.due_on}
        />
        <TextField
          label={t('tasks:time')}
          value={values.time}
          onChange={(time) => set('time', time)}
          hint={t('tasks:time_hint')}
          error={errors.time ?? errors.due_at}
          maxLength={5}
        />
      </div>
      <ReminderFields
        value={values.reminders}
        onChange={(reminders) => set('reminders', reminders)}
        timed={values.time.trim() !== ''}
        error={errors.reminders}
      />
      <RepeatFields form={form} />
    </EditDialog>
  );
}

const names = {
  subject: 'subject',
  description: 'description',
  priority: 'priority',
  due_on: 'due',
  time: 'time',
  every: 'recurrence',
  interval: 'repeat_each',
  start: 'repeat_from',
  until: 'repeat_until',
  reminders: 'reminders',
} as const;

function useFieldWords() {
  const { t } = useTranslation('tasks');
  const word = useShownWord();
  return {
    nameOf: (field: string) => t(names[field as keyof typeof names]),
    show: (field: string, value: unknown) => {
      if (field === 'every') return t(`every.${value as TaskForm['every']}`);
      if (field === 'start') return t(`repeat_from_is.${value as TaskForm['start']}`);
      return word(field, value);
    },
  };
}
