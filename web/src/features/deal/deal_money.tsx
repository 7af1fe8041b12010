import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dealPaymentsQuery, type Payment } from '@/lib/data/payments';
import { type Policy, policiesOfQuery } from '@/lib/data/policies';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, fromMinor, type Money, toMinor } from '@/lib/money';
import type { Deal } from '@/lib/types';
import { Bone } from '@/ui/states';

/** What the policies in force bring, and how much of it has come. */
export function DealMoney({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const policies = useQuery(policiesOfQuery('deal_id', deal.id));
  const payments = useQuery(dealPaymentsQuery(deal.id));
  if (policies.error || payments.error) return null;
  if (!policies.data || !payments.data) return <MoneyBone />;
  const sums = moneyOf(policies.data, payments.data);
  if (!sums) return null;
  const { premium, commission, paid, next } = sums;
  const text = (money: Money) => formatMoney(money, currentLocale());
  const share = Number((toMinor(paid.amount) * 100n) / (toMinor(premium.amount) || 1n));
  return (
    <section
      aria-label={t('money.title')}
      className="mb-4 min-h-24 rounded-card border border-line bg-raised p-3 shadow-1"
    >
      <dl className="flex justify-between gap-3">
        <div>
          <dt className="text-small text-ink2">{t('money.premium')}</dt>
          <dd className="tabular font-semibold text-title">{text(premium)}</dd>
        </div>
        <div className="text-right">
          <dt className="text-small text-ink2">{t('money.commission')}</dt>
          <dd className="tabular font-semibold text-title">{text(commission)}</dd>
        </div>
      </dl>
      <div aria-hidden className="mt-2 h-1.5 rounded-full bg-sunken">
        <div className="h-1.5 rounded-full bg-ok" style={{ width: `${Math.min(share, 100)}%` }} />
      </div>
      <p className="mt-1.5 flex justify-between gap-3 text-small text-ink2">
        <span>{t('money.paid', { sum: text(paid) })}</span>
        {next && <span>{t('money.next', { day: formatDay(next, currentLocale(), 'short') })}</span>}
      </p>
    </section>
  );
}

/** As high as what comes, so that nothing below it moves. */
export const MoneyBone = () => (
  <div className="mb-4 min-h-24 rounded-card border border-line bg-raised p-3">
    <Bone className="h-4 w-3/5" />
  </div>
);

interface Sums {
  premium: Money;
  commission: Money;
  paid: Money;
  next: string | undefined;
}
/** Of the policies in force, in the currency of the first of them. */
export function moneyOf(policies: Policy[], payments: Payment[]): Sums | undefined {
  const inForce = policies.filter(
    ({ status }) => status === 'active' || status === 'renewal_pending',
  );
  const currency = inForce[0]?.premium?.currency;
  if (!currency) return undefined;
  const ids = new Set(inForce.map(({ id }) => id));
  const live = payments.filter(({ policy_id, voided }) => ids.has(policy_id) && !voided);
  const sum = (amounts: (Money | undefined)[]): Money => ({
    currency,
    amount: fromMinor(
      amounts.reduce(
        (total, money) => (money?.currency === currency ? total + toMinor(money.amount) : total),
        0n,
      ),
    ),
  });
  const premiums = live.filter(({ type }) => type === 'client_premium');
  const waits = ({ status }: Payment) => status === 'planned' || status === 'expected';
  return {
    premium: sum(inForce.map(({ premium }) => premium)),
    commission: sum(
      live.filter(({ type }) => type === 'commission_income').map(({ amount }) => amount),
    ),
    paid: sum(premiums.filter((one) => !waits(one)).map(({ amount }) => amount)),
    next: premiums
      .filter(waits)
      .map(({ planned_date }) => planned_date)
      .sort()[0],
  };
}
