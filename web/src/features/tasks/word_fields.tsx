import { useTranslation } from 'react-i18next';
import type { Task, TaskPriority } from '@/lib/types';
import { useReminderText } from '@/parts/tasks/reminder_fields';
import { TextArea, TextField } from '@/ui/field';
import { Segmented } from '@/ui/segmented';

type Reminder = NonNullable<Task['reminders']>[number];

/** What a task and a template of tasks say alike. */
export interface TaskWords {
  subject: string;
  description: string;
  priority: TaskPriority;
  reminders: Reminder[];
}
export const wordsOf = (said: Partial<Pick<Task, keyof TaskWords>> | undefined): TaskWords => ({
  subject: said?.subject ?? '',
  description: said?.description ?? '',
  priority: (said?.priority ?? 'normal') as TaskPriority,
  reminders: (said?.reminders ?? []).map(({ days = 0, minutes = 0 }) => ({ days, minutes })),
});

interface WordFieldsProps {
  form: {
    values: Pick<TaskWords, 'subject' | 'description' | 'priority'>;
    errors: Record<string, string>;
    set: ((field: 'subject' | 'description', value: string) => void) &
      ((field: 'priority', value: TaskPriority) => void);
  };
  autoFocus?: boolean;
}
/** What is to be done, in words, and how urgent it is. */
export function WordFields({ form, autoFocus = false }: WordFieldsProps) {
  const { t } = useTranslation('tasks');
  const { values, errors, set } = form;
  return (
    <>
      <TextField
        label={t('subject')}
        value={values.subject}
        onChange={(subject) => set('subject', subject)}
        error={errors.subject}
        maxLength={200}
        isRequired
        validationBehavior="aria"
        autoFocus={autoFocus}
      />
      <TextArea
        label={t('description')}
        value={values.description}
        onChange={(description) => set('description', description)}
        error={errors.description}
        maxLength={5000}
      />
      <Segmented<TaskPriority>
        label={t('priority')}
        value={values.priority}
        onChange={(priority) => set('priority', priority)}
        options={(['low', 'normal', 'high'] as const).map((value) => ({
          value,
          label: t(`priority_is.${value}`),
        }))}
      />
    </>
  );
}

/** The same where two versions stand side by side; nothing for other fields. */
export function useShownWord() {
  const { t } = useTranslation('tasks');
  const reminder = useReminderText();
  return (field: string, value: unknown) => {
    if (field === 'priority') return t(`priority_is.${value as TaskPriority}`);
    if (field !== 'reminders') return undefined;
    return (value as Reminder[]).map(reminder).join(', ') || '—';
  };
}
