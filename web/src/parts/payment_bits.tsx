import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type Explanation,
  explanationQuery,
  moneyOf,
  type Payment,
  type PaymentStatus,
  versionsQuery,
} from '@/lib/data/payments';
import { formatDay, formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, formatPercent, type Money } from '@/lib/money';
import { formatNumber } from '@/lib/number';
import { useSession } from '@/lib/session';
import { Chip, type Tone } from '@/ui/chip';
import { Warning } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

const tones: Record<PaymentStatus, Tone> = {
  planned: 'idle',
  expected: 'info',
  received: 'ok',
  paid_out: 'plum',
};

export const moneyText = (money: Money, exact = false) =>
  formatMoney(money, currentLocale(), exact);
export const dayText = (day: string) => formatDay(day, currentLocale(), 'numeric');

export function PaymentStatusChip({ payment }: { payment: Payment }) {
  const { t } = useTranslation('money');
  if (payment.voided) return <Chip tone="none">{t('voided')}</Chip>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1 md:flex-nowrap">
      <Chip tone={tones[payment.status]}>{t(`status_is.${payment.status}`)}</Chip>
      {payment.overdue && (
        <Chip tone="bad" icon={<Warning />}>
          {t('overdue')}
        </Chip>
      )}
    </span>
  );
}

/** Why a payment was voided: the rule's own words, or what a person wrote. */
export function useVoidReason() {
  const { t, i18n } = useTranslation('money');
  return (reason: string | undefined) =>
    reason && i18n.exists(`money:void_reason_is.${reason}`)
      ? t(`void_reason_is.${reason as 'policy_ended'}`)
      : reason;
}

export function Versions({ id }: { id: string }) {
  const { t, i18n } = useTranslation('money');
  const { time_zone, today } = useSession();
  const reasonOf = useVoidReason();
  const { data, error, refetch } = useQuery(versionsQuery(id));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={3} />;
  if (data.length === 0) return <EmptyState title={t('versions_empty')} />;
  const wordOf = (field: string, value: string | undefined) => {
    if (!value) return '—';
    if (field === 'status') return t(`status_is.${value as PaymentStatus}`);
    if (field === 'void_reason') return reasonOf(value);
    if (field === 'amount') {
      const [amount = '0', currency = 'RUB'] = value.split(' ');
      return moneyText({ amount, currency }, true);
    }
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return dayText(value);
    return value;
  };
  return (
    <ol className="flex flex-col gap-3">
      {data.map((version) => (
        <li key={version.version} className="flex flex-col gap-0.5">
          <span className="text-small text-ink2">
            {t(`action_is.${version.action as 'planned'}`)} · {version.actor_name || t('by_system')}{' '}
            ·{' '}
            <time dateTime={version.at} className="tabular">
              {formatInstant(version.at, currentLocale(), time_zone, today)}
            </time>
          </span>
          {version.changes
            ?.filter(({ field }) => i18n.exists(`money:fields.${field}`))
            .map(({ field = '', from, to }) => (
              <span key={field}>
                {t(`fields.${field as 'amount'}`)}: {wordOf(field, from)} → {wordOf(field, to)}
              </span>
            ))}
          {version.note && version.note !== 'schedule' && (
            <span className="text-ink2">«{reasonOf(version.note)}»</span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** «Почему столько»: the amount unfolded into what it was computed from. */
export function Why({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(explanationQuery(id));
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={4} />;
  return <WhyLines why={data} />;
}

function WhyLines({ why }: { why: Explanation }) {
  const { t } = useTranslation('money');
  const { basis, rule } = why;
  const lines: [string, string | undefined][] = [
    [t('why.source'), t(`source_is.${sourceOf(why)}`)],
  ];
  if (basis) {
    const numbers = { number: basis.instalment_number ?? 1, of: basis.instalment_count ?? 1 };
    lines.push(
      [t('why.instalment'), t('why.instalment_of', numbers)],
      [t('why.due_on'), basis.due_on && dayText(basis.due_on)],
      [t('why.base'), moneyText(moneyOf(basis.base), true)],
      [t('why.premium'), moneyText(moneyOf(basis.premium), true)],
    );
    if (basis.rate_percent)
      lines.push([t('why.rate'), formatPercent(basis.rate_percent, currentLocale())]);
    if (basis.fixed_amount) {
      lines.push([t('why.fixed'), moneyText(moneyOf(basis.fixed_amount), true)]);
    }
    if (rule) lines.push([t('why.rule'), t('why.rule_version', { version: rule.version ?? 1 })]);
    if (basis.commission) {
      lines.push(
        [t('why.commission'), moneyText(moneyOf(basis.commission), true)],
        [t('why.exact'), exactText(basis)],
        [t('why.rounding'), t(`rounding_is.${basis.rounding as 'half_up'}`)],
      );
    }
    lines.push([t('why.computed'), moneyText(moneyOf(basis.computed), true)]);
  }
  lines.push([t('why.amount'), moneyText(moneyOf(why.amount), true)]);
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {lines.map(
          ([name, value]) =>
            value && (
              <div key={name} className="contents">
                <dt className="text-ink2">{name}</dt>
                <dd className="tabular text-right">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {why.set_by_hand && <p className="text-warn">{t('why.by_hand')}</p>}
    </div>
  );
}

/** A sum with all of its digits, as it was before it became kopecks. */
const exactText = ({ exact, base }: NonNullable<Explanation['basis']>) =>
  exact &&
  formatNumber(exact as `${number}`, {
    style: 'currency',
    currency: moneyOf(base).currency,
    maximumFractionDigits: 10,
  });

type Source = 'schedule' | 'policy_rate' | 'policy_amount' | 'rule' | 'by_hand';
const sourceOf = (why: Explanation) => (why.source ?? 'by_hand') as Source;
