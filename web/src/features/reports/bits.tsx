import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { currentLocale } from '@/lib/i18n';
import { type Filter, filterText } from '@/lib/list/filter';
import { formatMoney } from '@/lib/money';
import { formatNumber } from '@/lib/number';
import { listBehind, type Outcome, type ReportGrouping } from './search';

export const percentText = (rate: string | undefined): string =>
  rate ? formatNumber(Number(rate) / 100, { style: 'percent', maximumFractionDigits: 1 }) : '—';

export const sumText = (money: { amount?: string; currency?: string } | undefined): string =>
  formatMoney(
    { amount: money?.amount ?? '0', currency: money?.currency ?? 'RUB' },
    currentLocale(),
  );

interface BehindProps {
  by: ReportGrouping;
  value: string;
  outcome?: Outcome;
  period: { first: string; last: string };
  /** What the whole report is narrowed to. */
  filter: Filter;
  label?: string;
  className?: string;
  children: ReactNode;
}
/** The way to the policies that a figure counts. */
export function Behind(props: BehindProps) {
  const { by, value, outcome, period, filter, label, className, children } = props;
  return (
    <Link
      to="/policies"
      search={{
        view: 'all',
        f: filterText(listBehind({ by, value }, outcome, period, filter)),
        sort: 'effective_to',
      }}
      aria-label={label}
      className={className}
    >
      {children}
    </Link>
  );
}
