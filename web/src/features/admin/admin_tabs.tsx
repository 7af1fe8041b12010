import { useTranslation } from 'react-i18next';
import { useRole } from '@/lib/session';
import { Tabs } from '@/ui/tabs';

const sections = ['users', 'sessions', 'rules', 'reminders', 'audit'] as const;
export type Section = (typeof sections)[number];

export function AdminTabs({ current }: { current: Section }) {
  const { t } = useTranslation('admin');
  const role = useRole();
  const names = {
    users: t('users'),
    sessions: t('sessions'),
    rules: t('rules'),
    reminders: t('reminders.title'),
    audit: t('audit.title'),
  };
  const open = role === 'admin' ? sections : (['rules', 'reminders', 'audit'] as const);
  return (
    <Tabs
      label={t('sections')}
      items={open.map((id) => ({
        id,
        label: names[id],
        current: id === current,
        link: { to: `/admin/${id}` },
      }))}
    />
  );
}
