import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { type OneDay, remindersQuery } from '@/lib/data/reminders';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import type { Reminder } from '@/lib/types';
import { Button } from '@/ui/button';
import { SidePanel } from '@/ui/side_panel';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { useOffsets } from './reminders_page';

/** Every reminder of one rule on one day, with its reason and its readers. */
export function ReminderPanel({ day, onClose }: { day: OneDay; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const list = useInfiniteQuery(remindersQuery(day));
  const reminders = list.data?.pages.flatMap((page) => page.reminders ?? []);
  const rule = t(`admin:reminders.rule.${day.rule}`);
  return (
    <SidePanel label={rule} onClose={onClose}>
      <h2 className="text-record">{rule}</h2>
      <p className="mb-3 text-ink2">{formatDay(day.on, currentLocale())}</p>
      {list.error && !reminders && (
        <ErrorState failure={list.error} onRetry={() => void list.refetch()} />
      )}
      {!reminders && !list.error && <RowsSkeleton />}
      {reminders?.length === 0 && <EmptyState title={t('admin:reminders.empty_day')} />}
      <ul className="divide-y divide-line">
        {reminders?.map((reminder) => (
          <One key={`${reminder.subject_id}${reminder.offset_days}`} reminder={reminder} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="quiet"
          isPending={list.isFetchingNextPage}
          onPress={() => void list.fetchNextPage()}
        >
          {t('common:next_page')}
        </Button>
      )}
    </SidePanel>
  );
}

function One({ reminder }: { reminder: Reminder }) {
  const { t } = useTranslation('admin');
  const offsets = useOffsets();
  const colleagues = useColleagues();
  const names = (reminder.recipient_ids ?? [])
    .map((id) => colleagues.find((user) => user.id === id)?.full_name)
    .filter(Boolean);
  const title = reminder.title || t('reminders.no_title');
  return (
    <li className="py-2.5">
      <p className="font-medium">
        {reminder.deal_id ? (
          <Link
            to="/deals/$dealId"
            params={{ dealId: reminder.deal_id }}
            className="text-accent-ink hover:underline"
          >
            {title}
          </Link>
        ) : (
          title
        )}
      </p>
      {reminder.client_name && <p className="text-ink2">{reminder.client_name}</p>}
      <p className="text-small text-ink2">
        {t('reminders.why', {
          date: formatDay(reminder.on, currentLocale(), 'numeric'),
          offset: offsets(reminder.offset_days ?? 0),
        })}
      </p>
      <p className="text-small text-ink2">
        {names.length > 0 ? t('reminders.who', { names: names.join(', ') }) : t('reminders.nobody')}
      </p>
      {reminder.task?.subject && (
        <p className="text-small text-ink2">
          {t('reminders.task', { subject: reminder.task.subject })}
        </p>
      )}
    </li>
  );
}
