import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/session';
import { mayReadReports } from '@/parts/rights';
import { Bell, ChartIcon, MoneyIcon, Renewals, Settings, Shield } from '@/ui/icons';

/** On a phone: the sections that the bar at the bottom has no room for. */
export function Sections() {
  const { t } = useTranslation();
  const { role } = useMe();
  return (
    <nav aria-label={t('nav.sections')} className="grid grid-cols-2 gap-2">
      <Section to="/inbox" icon={<Bell />} label={t('nav.inbox')} />
      <Section to="/renewals" icon={<Renewals />} label={t('nav.renewals')} />
      <Section to="/policies" icon={<Shield />} label={t('nav.policies')} />
      <Section to="/money/payments" icon={<MoneyIcon />} label={t('nav.money')} />
      {mayReadReports(role) && (
        <Section to="/reports/renewals" icon={<ChartIcon />} label={t('nav.reports')} />
      )}
      {role === 'admin' && <Section to="/admin/users" icon={<Settings />} label={t('nav.admin')} />}
      {role === 'head' && <Section to="/admin/audit" icon={<Settings />} label={t('nav.admin')} />}
    </nav>
  );
}

interface SectionProps {
  to:
    | '/inbox'
    | '/renewals'
    | '/policies'
    | '/money/payments'
    | '/reports/renewals'
    | '/admin/users'
    | '/admin/audit';
  icon: ReactNode;
  label: string;
}
const Section = ({ to, icon, label }: SectionProps) => (
  <Link
    to={to}
    className="flex min-h-11 min-w-0 items-center gap-2.5 rounded-card border border-line bg-raised px-3 py-2 shadow-1"
  >
    {icon}
    <span className="min-w-0 break-words">{label}</span>
  </Link>
);
