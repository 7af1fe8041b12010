import { useTranslation } from 'react-i18next';
import { useUpdateTask } from '@/lib/data/tasks';
import { dayOf } from '@/lib/dates';
import { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import type { Task, TaskPriority } from '@/lib/types';
import { useUnsavedGuard } from '@/parts/conflict';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea, TextField } from '@/ui/field';
import { Segmented } from '@/ui/segmented';

export function EditTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation(['tasks', 'common']);
  const { today, time_zone } = useSession();
  const update = useUpdateTask();
  const form = useForm({
    subject: task.subject,
    description: task.description ?? '',
    priority: task.priority as TaskPriority,
    due_on: task.due_on ?? (task.due_at ? dayOf(task.due_at, time_zone) : undefined),
  });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const submit = () => {
    if (!form.values.subject.trim()) return form.refuse({ subject: t('tasks:subject_required') });
    const { due_on, ...rest } = form.changed() as Partial<typeof form.values>;
    const due = 'due_on' in form.changed() ? { due_on: due_on ?? null, due_at: null } : {};
    update.mutate(
      { task, fields: { ...rest, ...due } },
      { onSuccess: onClose, onError: form.fail },
    );
  };
  return (
    <FormDialog
      title={t('common:edit')}
      submit={t('common:save')}
      onClose={guard.close}
      onSubmit={submit}
      busy={update.isPending}
      problem={form.problem}
    >
      <TextField
        label={t('tasks:subject')}
        value={form.values.subject}
        onChange={(subject) => form.set('subject', subject)}
        error={form.errors.subject}
        maxLength={200}
        isRequired
        validationBehavior="aria"
        autoFocus
      />
      <TextArea
        label={t('tasks:description')}
        value={form.values.description}
        onChange={(description) => form.set('description', description)}
        error={form.errors.description}
        maxLength={5000}
      />
      <Segmented<TaskPriority>
        label={t('tasks:priority')}
        value={form.values.priority}
        onChange={(priority) => form.set('priority', priority)}
        options={(['low', 'normal', 'high'] as const).map((value) => ({
          value,
          label: t(`tasks:priority_is.${value}`),
        }))}
      />
      <DateField
        label={t('tasks:due')}
        value={form.values.due_on}
        onChange={(day) => form.set('due_on', day)}
        today={today}
        error={form.errors.due_on}
      />
      {guard.question}
    </FormDialog>
  );
}
