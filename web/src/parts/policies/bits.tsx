import { useTranslation } from 'react-i18next';
import type { Policy, PolicyStatus } from '@/lib/data/policies';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money } from '@/lib/money';
import { Chip, type Tone } from '@/ui/chip';

const tones: Record<PolicyStatus, Tone> = {
  draft: 'idle',
  active: 'ok',
  renewal_pending: 'warn',
  closed: 'idle',
};

export function PolicyStatusChip({ status }: { status: PolicyStatus }) {
  const { t } = useTranslation('policies');
  return <Chip tone={tones[status]}>{t(`status_is.${status}`)}</Chip>;
}

export const moneyText = (money: Money | undefined, exact = false) =>
  money ? formatMoney(money, currentLocale(), exact) : '—';
export const dayNumeric = (day: string | undefined) =>
  day ? formatDay(day, currentLocale(), 'numeric') : '—';
export const periodText = ({ effective_from, effective_to }: Policy) =>
  effective_from || effective_to
    ? `${dayNumeric(effective_from)} – ${dayNumeric(effective_to)}`
    : '—';
