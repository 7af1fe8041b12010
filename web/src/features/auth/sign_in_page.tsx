import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '@/lib/query';
import { sessionQuery } from '@/lib/session';
import { Entrance } from './entrance';
import { SignInForm } from './sign_in_form';

export function SignInPage() {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const { next, invited } = useSearch({ strict: false }) as { next?: string; invited?: boolean };
  useEffect(() => {
    document.title = `${t('title')} · Bordero`;
  }, [t]);
  const enter = async () => {
    queryClient.clear();
    await queryClient.fetchQuery(sessionQuery);
    const inside = next?.startsWith('/') && !next.startsWith('//') ? next : '/today';
    await navigate({ href: inside, replace: true });
  };
  return (
    <Entrance title={t('title')} {...(invited && { text: t('invite_done') })}>
      <SignInForm onDone={enter} />
    </Entrance>
  );
}
