import { useTranslation } from 'react-i18next';
import { type Day, daysBetween, dueKind, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { formatNumber } from '@/lib/number';
import { useSession } from '@/lib/session';
import type { Deal, DealStatus } from '@/lib/types';
import { Chip, Dot } from '@/ui/chip';
import { Clock, Warning } from '@/ui/icons';
import { statusTones } from './deal_rules';

export function DealStatusChip({ status }: { status: DealStatus }) {
  const { t } = useTranslation('deals');
  return <Chip tone={statusTones[status]}>{t(`status_is.${status}`)}</Chip>;
}

/** Overdue is red with a sign, today amber, all else plain: colour only for the pressure of time. */
export function Due({ day }: { day: Day | undefined }) {
  const { t } = useTranslation();
  const { today } = useSession();
  if (!day) return <Chip tone="none">{t('due.none')}</Chip>;
  const kind = dueKind(day, today);
  if (kind === 'overdue') {
    return (
      <Chip tone="bad" icon={<Warning />}>
        {t('due.overdue', { count: daysBetween(day, today) })}
      </Chip>
    );
  }
  if (kind === 'today') {
    return (
      <Chip tone="warn" icon={<Clock />}>
        {t('due.today')}
      </Chip>
    );
  }
  return (
    <Chip tone="none" icon={<Clock />}>
      {kind === 'tomorrow' ? t('due.tomorrow') : dayText(day, today)}
    </Chip>
  );
}

export const dayText = (day: Day, today: Day) =>
  formatDay(day, currentLocale(), day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'numeric');

const whoTones = {
  agent: 'accent',
  executor: 'info',
  client: 'warn',
  insurer: 'plum',
  finance: 'ok',
} as const;
export type Who = keyof typeof whoTones;
export const whos = Object.keys(whoTones) as Who[];
export const isWho = (word: string | undefined): word is Who =>
  word !== undefined && word in whoTones;

export function WhoseMove({ deal }: { deal: Deal }) {
  const waiting = deal.deadline?.waiting_on;
  return <MoveOf who={isWho(waiting) ? waiting : 'agent'} />;
}

/** Whose move it is: a dot and a word. */
export function MoveOf({ who }: { who: Who }) {
  const { t } = useTranslation('deals');
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5 text-chip text-ink2">
      <Dot tone={whoTones[who]} />
      {t(`who.${who}`)}
    </span>
  );
}

/** Why a deal has its deadline. */
export const moveReasons = [
  'next_review',
  'expected_close',
  'policy_end',
  'payment',
  'quote',
  'task',
] as const;

export function useMoveText() {
  const { t } = useTranslation('deals');
  return (deal: Deal) => {
    if (!deal.deadline) return t('move_none');
    if (deal.deadline.reason === 'next_review') return t('move_next_review');
    if (deal.deadline.reason === 'expected_close') return t('move_expected_close');
    const { reason, title } = deal.deadline;
    if (reason === 'policy_end') {
      return title ? t('move_policy_end_of', { number: title }) : t('move_policy_end');
    }
    if (reason === 'payment') {
      return title ? t('move_payment_of', { number: title }) : t('move_payment');
    }
    if (reason === 'quote') return t('move_quote');
    if (reason === 'task') return title || t('move_task');
    return t('move_other');
  };
}

export const objectText = (deal: Deal) => deal.objects?.[0]?.title;

export function useNumber() {
  return (value: number) => formatNumber(value);
}
