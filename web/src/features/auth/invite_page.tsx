import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '@/lib/http';
import { messageOf } from '@/lib/messages';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Entrance } from './entrance';

export const passwordMin = 15;

/** The token sits in the fragment, so that it never reaches a server log. */
export function InvitePage() {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const [token] = useState(() => location.hash.slice(1).replace(/^token=/, ''));
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [errors, setErrors] = useState<{ password?: string; again?: string; all?: string }>({});
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('invite_title')} · Bordero`;
  }, [t]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ([...password].length < passwordMin) return setErrors({ password: t('password_short') });
    if (password !== again) return setErrors({ again: t('password_different') });
    setBusy(true);
    try {
      await body(api.POST('/api/v1/auth/invitations/accept', { body: { token, password } }));
      await navigate({ to: '/sign-in', search: { invited: true }, replace: true });
    } catch (failure) {
      setErrors({ all: messageOf(failure) });
    } finally {
      setBusy(false);
    }
  };
  if (!token) {
    return (
      <Entrance title={t('invite_title')}>
        <p>{t('invite_missing')}</p>
      </Entrance>
    );
  }
  return (
    <Entrance title={t('invite_title')} text={t('invite_text')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
        <TextField
          label={t('password')}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          hint={t('password_hint')}
          error={errors.password}
          autoFocus
        />
        <TextField
          label={t('password_again')}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          error={errors.again}
        />
        {errors.all && (
          <p role="alert" className="text-bad">
            {errors.all}
          </p>
        )}
        <Button variant="primary" type="submit" isPending={busy}>
          {t('invite_submit')}
        </Button>
      </form>
    </Entrance>
  );
}
