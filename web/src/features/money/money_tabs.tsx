import { useTranslation } from 'react-i18next';
import { useRole } from '@/lib/session';
import { mayReadReports } from '@/parts/rights';
import { Tabs } from '@/ui/tabs';

const reports = ['plan', 'commission'] as const;
export type MoneySection = 'payments' | (typeof reports)[number];

export function MoneyTabs({ current }: { current: MoneySection }) {
  const { t } = useTranslation('money');
  const role = useRole();
  const sections: MoneySection[] = mayReadReports(role) ? ['payments', ...reports] : ['payments'];
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
