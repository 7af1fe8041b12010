import { useTranslation } from 'react-i18next';
import type { Task } from '@/lib/types';
import { CheckboxField } from '@/ui/field';

type Reminder = NonNullable<Task['reminders']>[number];

const usual: Reminder[] = [
  { days: 0, minutes: 15 },
  { days: 0, minutes: 60 },
  { days: 1, minutes: 0 },
  { days: 3, minutes: 0 },
  { days: 7, minutes: 0 },
];
const most = 5;
const same = (one: Reminder, other: Reminder) =>
  one.days === other.days && one.minutes === other.minutes;

/** How long before it is due, in words. */
export function useReminderText() {
  const { t } = useTranslation('tasks');
  return ({ days, minutes }: Partial<Reminder>) =>
    days ? t('remind_days', { count: days }) : t('remind_minutes', { count: minutes ?? 0 });
}

interface ReminderFieldsProps {
  value: Reminder[];
  onChange: (reminders: Reminder[]) => void;
  /** Minutes count from a time; without one only whole days do. */
  timed: boolean;
  error?: string | undefined;
}
/** The usual ones to tick, and whatever else this task has already. */
export function ReminderFields({ value, onChange, timed, error }: ReminderFieldsProps) {
  const { t } = useTranslation('tasks');
  const text = useReminderText();
  const own = value.filter((one) => !usual.some((other) => same(one, other)));
  const offered = [...usual, ...own].filter(
    (one) => timed || one.days > 0 || value.some((other) => same(one, other)),
  );
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small text-ink2">{t('reminders')}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {offered.map((one) => {
          const chosen = value.some((other) => same(one, other));
          return (
            <CheckboxField
              key={`${one.days}-${one.minutes}`}
              label={text(one)}
              value={chosen}
              disabled={!chosen && value.length >= most}
              onChange={(on) =>
                onChange(on ? [...value, one] : value.filter((other) => !same(one, other)))
              }
            />
          );
        })}
      </div>
      {error && <p className="text-small text-bad">{error}</p>}
    </fieldset>
  );
}
