import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Payment, paymentResource } from '@/lib/data/payments';
import { currentLocale } from '@/lib/i18n';
import { formatCompact } from '@/lib/money';
import { MonthCalendar } from '@/parts/calendar/month_calendar';
import type { LayoutProps } from '@/parts/list/types';
import { cx } from '@/ui/cx';

const plannedOn = ({ planned_date }: Payment) => planned_date;
const lineOf = ({ id, client_name, number, amount, overdue, voided }: Payment) => (
  <Link
    to="/payments/$paymentId"
    params={{ paymentId: id }}
    tabIndex={-1}
    draggable={false}
    className={cx(
      'flex min-w-0 flex-1 justify-between gap-2 hover:underline',
      overdue && 'text-bad',
      voided && 'text-ink3 line-through',
    )}
  >
    <span className="truncate">{client_name || number}</span>
    <span className="shrink-0 tabular">{formatCompact(amount, currentLocale())}</span>
  </Link>
);

/** The list by the days for which payments are planned. */
export function PaymentCalendar(props: LayoutProps) {
  const { t } = useTranslation('money');
  return (
    <MonthCalendar
      {...props}
      resource={paymentResource}
      field="planned_date"
      sum="amount"
      count={(count, formatted) => t('count', { count, formatted })}
      dayOf={plannedOn}
      line={lineOf}
    />
  );
}
