import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Policy, policyResource } from '@/lib/data/policies';
import { MonthCalendar } from '@/parts/calendar/month_calendar';
import type { LayoutProps } from '@/parts/list/types';

const endOf = ({ effective_to }: Policy) => effective_to;
const lineOf = (policy: Policy) => (
  <Link
    to="/policies/$policyId"
    params={{ policyId: policy.id }}
    tabIndex={-1}
    draggable={false}
    className="truncate hover:underline"
  >
    {policy.client_name}
  </Link>
);

/** The list by the days on which policies end. */
export function RenewalCalendar(props: LayoutProps) {
  const { t } = useTranslation('policies');
  return (
    <MonthCalendar
      {...props}
      resource={policyResource}
      field="effective_to"
      sum="premium"
      count={(count, formatted) => t('count', { count, formatted })}
      dayOf={endOf}
      line={lineOf}
    />
  );
}
