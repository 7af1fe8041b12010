import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { preferencesQuery, useUpdatePreferences } from '@/lib/data/people';
import { currentLanguage, type Language } from '@/lib/i18n';
import { signOut, useMe } from '@/lib/session';
import { PageHead } from '@/parts/page';
import { SessionList } from '@/parts/session_list';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { SwitchField } from '@/ui/field';
import { LogOut, Open } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { Segmented } from '@/ui/segmented';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { ChangePassword } from './change_password';
import { NotificationSettingsForm } from './notification_settings';
import { Sections } from './sections';

export function ProfilePage() {
  const { t } = useTranslation(['profile', 'common', 'inbox']);
  const me = useMe();
  const phone = usePhone();
  return (
    <>
      <PageHead
        title={t('profile:title')}
        actions={
          <Button icon={<LogOut />} onPress={() => void signOut()}>
            {t('profile:sign_out')}
          </Button>
        }
      />
      <section
        aria-label={t('profile:title')}
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto border-t border-line p-5 focus-visible:-outline-offset-2 max-md:p-4"
      >
        <div className="flex items-center gap-3">
          <Avatar name={me.full_name} size="big" />
          <div>
            <p className="text-head font-semibold">{me.full_name}</p>
            <p className="text-ink2">
              {t(`common:role.${me.role}`)} · {me.email}
            </p>
          </div>
        </div>
        {phone && <Sections />}
        <Part title={t('profile:looks')}>
          <Looks />
        </Part>
        <Part title={t('inbox:settings.title')}>
          <Link
            to="/inbox"
            className="mb-3 inline-flex min-h-6 items-center gap-1 text-accent-ink hover:underline coarse:min-h-11"
          >
            {t('inbox:list')}
            <Open />
          </Link>
          <NotificationSettingsForm />
        </Part>
        <Link
          to="/exports"
          className="inline-flex min-h-6 items-center gap-1 text-accent-ink hover:underline coarse:min-h-11"
        >
          {t('profile:exports')}
          <Open />
        </Link>
        <Part title={t('profile:sessions')}>
          <SessionList />
        </Part>
        <Part title={t('profile:password')}>
          <ChangePassword />
        </Part>
      </section>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="w-full max-w-2xl">
      <h2 className="mb-3 text-head">{title}</h2>
      {children}
    </section>
  );
}

const themes = ['light', 'dark', 'system'] as const;
const densities = ['compact', 'normal', 'spacious'] as const;

/** Each choice is saved at once. */
function Looks() {
  const { t } = useTranslation(['profile', 'common']);
  const { data, error, refetch } = useQuery(preferencesQuery);
  const update = useUpdatePreferences();
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={3} />;
  return (
    <div className="flex flex-col gap-4">
      <Segmented
        label={t('profile:theme')}
        value={themes.find((name) => name === data.theme) ?? 'system'}
        onChange={(theme) => update.mutate({ theme })}
        options={themes.map((value) => ({ value, label: t(`profile:theme_is.${value}`) }))}
      />
      <Segmented<Language>
        label={t('profile:language')}
        value={currentLanguage()}
        onChange={(language) => update.mutate({ language })}
        options={(['ru', 'en'] as const).map((value) => ({
          value,
          label: t(`common:language_${value}`),
        }))}
      />
      <Segmented
        label={t('profile:density')}
        value={densities.find((name) => name === data.density) ?? 'normal'}
        onChange={(density) => update.mutate({ density })}
        options={densities.map((value) => ({ value, label: t(`profile:density_is.${value}`) }))}
      />
      <SwitchField
        label={t('profile:single_keys')}
        value={data.single_keys === true}
        onChange={(single_keys) => update.mutate({ single_keys })}
      />
    </div>
  );
}
