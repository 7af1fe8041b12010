import { useTranslation } from 'react-i18next';
import { templatesQuery, useSaveTemplate } from '@/lib/data/task_templates';
import { useForm } from '@/lib/form';
import { queryClient } from '@/lib/query';
import { useRole } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { TaskTemplate } from '@/lib/types';
import { useUnsavedGuard } from '@/parts/conflict';
import { useRevision } from '@/parts/revision';
import { ReminderFields } from '@/parts/tasks/reminder_fields';
import { FormDialog } from '@/ui/dialog';
import { CheckboxField, TextField } from '@/ui/field';
import { oneOf } from './task_form';
import { type TaskWords, useShownWord, WordFields, wordsOf } from './word_fields';

interface TemplateForm extends TaskWords {
  name: string;
  due_in_days: string;
}
const formOf = (template: TaskTemplate | undefined): TemplateForm => ({
  ...wordsOf(template),
  name: template?.name ?? '',
  due_in_days: template?.due_in_days === undefined ? '' : String(template.due_in_days),
});
const sent = ({ description, due_in_days, reminders, ...rest }: TemplateForm) => ({
  ...rest,
  description: description || null,
  due_in_days: due_in_days === '' ? null : Number(due_in_days),
  reminders: reminders.map(oneOf),
});

interface EditTemplateProps {
  template: TaskTemplate | undefined;
  onClose: () => void;
}
export function EditTemplate({ template, onClose }: EditTemplateProps) {
  const { t } = useTranslation(['tasks', 'common']);
  const admin = useRole() === 'admin';
  const save = useSaveTemplate();
  const form = useForm({ ...formOf(template), shared: template?.shared ?? false });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const revision = useRevision<TaskTemplate | undefined, TemplateForm>({
    record: template,
    fieldsOf: formOf,
    fresh: async () => {
      const now = await queryClient.fetchQuery({ ...templatesQuery, staleTime: 0 });
      return now.task_templates?.find(({ id }) => id === template?.id);
    },
    send: (fields, over) => {
      const all = sent({ ...formOf(over), ...fields });
      const shared = !over && form.values.shared ? { shared: true } : {};
      return save.mutateAsync({ template: over, fields: { ...all, ...shared } });
    },
    onSaved: () => {
      toast(t('tasks:template_saved'));
      onClose();
    },
    onFailed: form.fail,
    onClose,
    nameOf: (field) => t(`tasks:${names[field as keyof TemplateForm]}`),
    show: useShownWord(),
  });
  if (revision.conflict) return revision.conflict;
  const { values, errors, set } = form;
  const submit = () => {
    if (!values.name.trim()) return form.refuse({ name: t('tasks:template_name_required') });
    if (!values.subject.trim()) return form.refuse({ subject: t('tasks:subject_required') });
    if (!/^(\d{0,2}|[12]\d\d|3[0-5]\d|36[0-5])$/.test(values.due_in_days)) {
      return form.refuse({ due_in_days: t('tasks:template_due_wrong') });
    }
    const { shared: _, ...all } = values;
    const { shared: __, ...changed } = form.changed();
    revision.save(template ? changed : all);
  };
  return (
    <FormDialog
      title={template ? t('tasks:template_edit_title') : t('tasks:template_new_title')}
      submit={t('common:save')}
      onClose={guard.close}
      onSubmit={submit}
      busy={revision.busy}
      problem={form.problem}
    >
      <TextField
        label={t('tasks:template_name')}
        value={values.name}
        onChange={(name) => set('name', name)}
        error={errors.name}
        maxLength={60}
        autoFocus
      />
      <WordFields form={form} />
      <TextField
        label={t('tasks:template_due_in')}
        value={values.due_in_days}
        onChange={(days) => set('due_in_days', days.trim())}
        error={errors.due_in_days}
        inputMode="numeric"
        maxLength={3}
      />
      <ReminderFields
        value={values.reminders}
        onChange={(reminders) => set('reminders', reminders)}
        timed={false}
        error={errors.reminders}
      />
      {admin && !template && (
        <CheckboxField
          label={t('tasks:template_shared')}
          value={values.shared}
          onChange={(shared) => set('shared', shared)}
        />
      )}
      {guard.question}
    </FormDialog>
  );
}

const names = {
  name: 'template_name',
  subject: 'subject',
  description: 'description',
  priority: 'priority',
  due_in_days: 'template_due_in',
  reminders: 'reminders',
} as const;

interface ConfirmArchiveProps {
  template: TaskTemplate;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}
export function ConfirmArchive({ template, busy, onConfirm, onClose }: ConfirmArchiveProps) {
  const { t } = useTranslation('tasks');
  return (
    <FormDialog
      title={t('template_archive')}
      submit={t('template_archive')}
      tone="danger"
      busy={busy}
      onClose={onClose}
      onSubmit={onConfirm}
    >
      <p>{t('template_archive_text', { name: template.name })}</p>
    </FormDialog>
  );
}
