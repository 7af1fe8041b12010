import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notificationSettingsQuery, useUpdateNotificationSettings } from '@/lib/data/notifications';
import { SwitchField, TextField } from '@/ui/field';
import { ErrorState, RowsSkeleton } from '@/ui/states';

const night = { quiet_from: '22:00', quiet_to: '08:00' };
const none = { quiet_from: null, quiet_to: null };

/** Each choice is saved at once; a time when it is whole. */
export function NotificationSettingsForm() {
  const { t } = useTranslation('inbox');
  const { data, error, refetch } = useQuery(notificationSettingsQuery);
  const update = useUpdateNotificationSettings();
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={3} />;
  return (
    <div className="flex flex-col gap-4">
      <div>
        <SwitchField
          label={t('settings.quiet')}
          value={Boolean(data.quiet_from)}
          onChange={(on) => update.mutate(on ? night : none)}
        />
        <p className="text-small text-ink3">{t('settings.quiet_hint')}</p>
        {data.quiet_from && data.quiet_to && (
          <div className="mt-2 flex gap-3">
            <TimeField
              label={t('settings.quiet_from')}
              value={data.quiet_from}
              onSave={(quiet_from) => update.mutate({ quiet_from })}
            />
            <TimeField
              label={t('settings.quiet_to')}
              value={data.quiet_to}
              onSave={(quiet_to) => update.mutate({ quiet_to })}
            />
          </div>
        )}
      </div>
      <SwitchField
        label={t('settings.digest')}
        value={data.digest === true}
        onChange={(digest) => update.mutate({ digest })}
      />
      {data.digest && (
        <TimeField
          label={t('settings.digest_at')}
          value={data.digest_at ?? ''}
          onSave={(digest_at) => update.mutate({ digest_at })}
        />
      )}
    </div>
  );
}

interface TimeFieldProps {
  label: string;
  value: string;
  onSave: (value: string) => void;
}
function TimeField({ label, value, onSave }: TimeFieldProps) {
  const { t } = useTranslation('inbox');
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const whole = /^([01]?\d|2[0-3]):[0-5]\d$/.test(typed.trim());
  const save = () => {
    const time = typed.trim().padStart(5, '0');
    if (whole && time !== value) onSave(time);
  };
  return (
    <TextField
      label={label}
      value={typed}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
      error={whole ? undefined : t('settings.time_wrong')}
      className="w-32"
      inputMode="numeric"
    />
  );
}
