import { useTranslation } from 'react-i18next';
import type { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import { DateField } from '@/ui/date_field';
import { TextField } from '@/ui/field';
import { Segmented } from '@/ui/segmented';
import { Select } from '@/ui/select';
import type { Every, TaskForm } from './task_form';

const choices: Every[] = ['none', 'daily', 'weekly', 'monthly', 'yearly'];

/** How a task repeats: how often, from what, until when. */
export function RepeatFields({ form }: { form: ReturnType<typeof useForm<TaskForm>> }) {
  const { t } = useTranslation('tasks');
  const { today } = useSession();
  const { values, set, errors } = form;
  return (
    <>
      <Select
        label={t('recurrence')}
        options={choices.map((id) => ({ id, label: t(`every.${id}`) }))}
        value={values.every}
        onChange={(every) => set('every', every as Every)}
        error={errors.every ?? errors.recurrence}
      />
      {values.every !== 'none' && (
        <div className="flex flex-col gap-3 border-l-2 border-line pl-3">
          <TextField
            label={t('repeat_each')}
            hint={t('repeat_each_hint')}
            value={values.interval}
            onChange={(interval) => set('interval', interval)}
            error={errors.interval}
            inputMode="numeric"
            maxLength={2}
          />
          <Segmented<TaskForm['start']>
            label={t('repeat_from')}
            value={values.start}
            onChange={(start) => set('start', start)}
            options={(['when_done', 'on_date'] as const).map((value) => ({
              value,
              label: t(`repeat_from_is.${value}`),
            }))}
          />
          <DateField
            label={t('repeat_until')}
            value={values.until}
            onChange={(day) => set('until', day)}
            today={today}
            error={errors.until}
          />
        </div>
      )}
    </>
  );
}
