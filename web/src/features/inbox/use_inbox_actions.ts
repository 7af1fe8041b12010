import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMarkRead, useMarkUnread, useRemindLater } from '@/lib/data/notifications';
import { dayOf, formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { Notification } from '@/lib/types';
import { neighbour } from './groups';

const hourMs = 3_600_000;
const morning = 'T09:00:00';

/** 9:00 of the agency's zone so many days from now, whatever the zone of the browser. */
export function morningIn(days: number, timeZone: string, now = Date.now()): string {
  const day = dayOf(new Date(now + days * 24 * hourMs).toISOString(), timeZone);
  const asUtc = Date.parse(`${day}${morning}Z`);
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(asUtc);
  const ahead = Date.parse(`${shown.replace(' ', 'T')}Z`) - asUtc;
  return new Date(asUtc - ahead).toISOString();
}

export type Delay = 'hour' | 'tomorrow' | 'plus3' | 'week';
const days: Record<Exclude<Delay, 'hour'>, number> = { tomorrow: 1, plus3: 3, week: 7 };

export function useInboxActions(
  shown: Notification[],
  open: (next: Notification | undefined) => void,
) {
  const { t } = useTranslation('inbox');
  const { time_zone, today } = useSession();
  const navigate = useNavigate();
  const read = useMarkRead();
  const unread = useMarkUnread();
  const later = useRemindLater();
  const stepFrom = (gone: Notification) => {
    const ids = shown.map(({ id }) => id);
    const next = neighbour(ids, gone.id);
    open(shown.find(({ id }) => id === next));
  };
  const returnOf = (notification: Notification) => () => unread.mutate(notification.id);
  return {
    done: (notification: Notification) => {
      if (notification.read_at) return;
      stepFrom(notification);
      read.mutate(notification);
      toast(t('done_toast'), { undo: returnOf(notification) });
    },
    unread: (notification: Notification) => unread.mutate(notification.id),
    later: (notification: Notification, delay: Delay) => {
      const until =
        delay === 'hour'
          ? new Date(Date.now() + hourMs).toISOString()
          : morningIn(days[delay], time_zone);
      stepFrom(notification);
      later.mutate({ notification, until });
      toast(t('later_toast', { date: formatInstant(until, currentLocale(), time_zone, today) }));
    },
    openRecord: ({ deal_id, subject_type, subject_id }: Notification) => {
      if (subject_type === 'task' && subject_id) {
        void navigate({ to: '/tasks/$taskId', params: { taskId: subject_id } });
        return;
      }
      if (deal_id) void navigate({ to: '/deals/$dealId', params: { dealId: deal_id } });
    },
  };
}
export type InboxActions = ReturnType<typeof useInboxActions>;
