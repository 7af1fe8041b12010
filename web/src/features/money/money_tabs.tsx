import { useTranslation } from 'react-i18next';
import { useRole } from '@/lib/session';
import { mayReadReports } from '@/parts/rights';
import { Tabs } from '@/ui/tabs';

const sections = ['payments', 'plan', 'commission'] as const;
export type MoneySection = (typeof sections)[number];

export function MoneyTabs({ current }: { current: MoneySection }) {
  const { t } = useTranslation('money');
  // Who has no reports has nothing to choose from.
  if (!mayReadReports(useRole())) return null;
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
