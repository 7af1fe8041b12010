import { useTranslation } from 'react-i18next';
import { useRole } from '@/lib/session';
import { Tabs } from '@/ui/tabs';

const sections = [
  'users',
  'sessions',
  'agency',
  'rules',
  'reminders',
  'background',
  'audit',
] as const;
export type Section = (typeof sections)[number];

export function AdminTabs({ current }: { current: Section }) {
  const { t } = useTranslation();
  const role = useRole();
  const open = role === 'admin' ? sections : (['rules', 'reminders', 'audit'] as const);
  return (
    <Tabs
      label={t('admin_nav.label')}
      items={open.map((id) => ({
        id,
        label: t(`admin_nav.${id}`),
        current: id === current,
        link: { to: `/admin/${id}` },
      }))}
    />
  );
}
