import { useTranslation } from 'react-i18next';
import { currentLocale } from '@/lib/i18n';
import { sentenceOf } from '@/lib/messages';
import { formatMoney } from '@/lib/money';
import { useSession } from '@/lib/session';
import type { DealStatus, DueCount, MemberFunction, Notification, ReminderRule } from '@/lib/types';
import { dayText } from '@/parts/deal_bits';

/** The sentence of a notification in its reader's language, and what stands under it. */
export function useSentence() {
  const { t } = useTranslation(['inbox', 'deals', 'common']);
  const { today } = useSession();
  const day = (text: string | undefined) => (text ? dayText(text, today) : '');
  const dueText = ({ kind = 'task', count = 0, overdue = 0 }: DueCount) =>
    [t(`inbox:due.${kind}`, { count }), overdue > 0 && t('inbox:due_overdue', { count: overdue })]
      .filter(Boolean)
      .join(', ');
  return (notification: Notification): { title: string; text: string | undefined } => {
    const { kind } = notification;
    const details: Partial<NonNullable<Notification['details']>> = notification.details ?? {};
    const name = notification.actor_name || t('common:system');
    const under = [details.title, details.text].filter(Boolean).join(' · ') || undefined;
    switch (kind) {
      case 'reminder':
        return {
          title: t(`inbox:reminder.${(details.rule || 'deal_review') as ReminderRule}`, {
            date: day(details.on),
          }),
          text: under,
        };
      case 'team_joined': {
        const functions = (details.functions ?? []).map((word) =>
          t(`deals:function.${word as MemberFunction}`),
        );
        return {
          title: t('inbox:kind.team_joined', { functions: functions.join(', ') }),
          text: name,
        };
      }
      case 'deal_moved': {
        const status = (word: string | undefined) =>
          t(`deals:status_is.${(word ?? 'draft') as DealStatus}`);
        const title = t('inbox:kind.deal_moved', {
          from: status(details.from_status),
          to: status(details.to_status),
        });
        return { title, text: [name, details.text].filter(Boolean).join(' · ') };
      }
      case 'payment_received': {
        const amount = details.amount && {
          amount: details.amount.amount ?? '0',
          currency: details.amount.currency ?? 'RUB',
        };
        const sum = amount ? formatMoney(amount, currentLocale()) : '';
        return { title: t('inbox:kind.payment_received', { sum }), text: under };
      }
      case 'digest':
        return {
          title: t('inbox:kind.digest'),
          text: (details.due ?? []).map(dueText).join(' · '),
        };
      case 'export_ready':
        return { title: t('inbox:kind.export_ready'), text: details.title };
      case 'export_failed':
        return {
          title: t('inbox:kind.export_failed'),
          text: [details.title, sentenceOf(details.error)].join(' · '),
        };
      case 'mention':
      case 'task_assigned':
      case 'task_done':
      case 'task_returned':
        return { title: t(`inbox:kind.${kind}`, { name }), text: under };
    }
  };
}
