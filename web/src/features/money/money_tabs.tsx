import { useTranslation } from 'react-i18next';
import { Tabs } from '@/ui/tabs';

const sections = ['payments', 'plan', 'commission'] as const;
export type MoneySection = (typeof sections)[number];

export function MoneyTabs({ current }: { current: MoneySection }) {
  const { t } = useTranslation('money');
  return (
    <Tabs
      label={t('sections')}
      items={sections.map((id) => ({
        id,
        label: t(`section.${id}`),
        current: id === current,
        link: { to: `/money/${id}` },
      }))}
    />
  );
}
