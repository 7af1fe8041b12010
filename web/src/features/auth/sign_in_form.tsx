import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '@/lib/http';
import { messageOf } from '@/lib/messages';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';

interface SignInFormProps {
  email?: string | undefined;
  onDone: () => Promise<void>;
}
/** The same sentence for whatever was wrong: it never tells who exists. */
export function SignInForm({ email: known, onDone }: SignInFormProps) {
  const { t } = useTranslation('auth');
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!email || !password) return setProblem(t('required'));
    setBusy(true);
    setProblem(undefined);
    try {
      await body(api.POST('/api/v1/auth/login', { body: { email: email.trim(), password } }));
      await onDone();
    } catch (failure) {
      setProblem(messageOf(failure));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4" noValidate>
      <TextField
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        autoFocus={!known}
      />
      <TextField
        label={t('password')}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        autoFocus={Boolean(known)}
      />
      {problem && (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      )}
      <Button variant="primary" type="submit" isPending={busy}>
        {t('sign_in')}
      </Button>
    </form>
  );
}
