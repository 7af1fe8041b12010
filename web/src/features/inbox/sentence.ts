import { useTranslation } from 'react-i18next';
import { currentLocale } from '@/lib/i18n';
import { sentenceOf } from '@/lib/messages';
import { formatMoney } from '@/lib/money';
import { useSession } from '@/lib/session';
import type { DealStatus, MemberFunction, Notification, ReminderRule } from '@/lib/types';
import { dayText } from '@/parts/deal_bits';

/** The sentence of a notification in its reader's language, and what stands under it. */
export function useSentence() {
  const { t } = useTranslation(['inbox', 'deals', 'common']);
  const { today } = useSession();
  const day = (text: string | undefined) => (text ? dayText(text, today) : '');
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
          text: [
            t('inbox:digest_today', { count: details.due_today ?? 0 }),
            t('inbox:digest_overdue', { count: details.overdue ?? 0 }),
          ].join(', '),
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
