import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePassword } from '@/lib/data/people';
import { useForm } from '@/lib/form';
import { queryClient } from '@/lib/query';
import { toast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';

const passwordMin = 15;

export function ChangePassword() {
  const { t } = useTranslation(['profile', 'auth']);
  const change = useChangePassword();
  const form = useForm({ current_password: '', new_password: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { current_password, new_password } = form.values;
    if (!current_password) return form.refuse({ current_password: t('auth:required') });
    if ([...new_password].length < passwordMin) {
      return form.refuse({ new_password: t('auth:password_short') });
    }
    change.mutate(form.values, {
      onSuccess: () => {
        form.restart({ current_password: '', new_password: '' });
        toast(t('profile:password_changed'));
        void queryClient.invalidateQueries({ queryKey: ['sessions'] });
        void queryClient.invalidateQueries({ queryKey: ['session'] });
      },
      onError: (failure) => form.fail(failure),
    });
  };
  return (
    <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-3">
      <p className="text-ink2">{t('profile:password_text')}</p>
      <TextField
        label={t('profile:password_current')}
        type="password"
        autoComplete="current-password"
        value={form.values.current_password}
        onChange={(text) => form.set('current_password', text)}
        error={form.errors.current_password}
      />
      <TextField
        label={t('profile:password_new')}
        type="password"
        autoComplete="new-password"
        hint={t('auth:password_hint')}
        value={form.values.new_password}
        onChange={(text) => form.set('new_password', text)}
        error={form.errors.new_password}
      />
      {form.problem && (
        <p role="alert" className="text-bad">
          {form.problem}
        </p>
      )}
      <div>
        <Button type="submit" isPending={change.isPending}>
          {t('profile:password_change')}
        </Button>
      </div>
    </form>
  );
}
