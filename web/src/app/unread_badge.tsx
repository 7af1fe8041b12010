import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notificationCountsQuery } from '@/lib/data/notifications';
import { cx } from '@/ui/cx';

const most = 99;

/** Counts the unread; nothing when there are none. */
export function UnreadBadge({ className }: { className?: string }) {
  const { t } = useTranslation();
  const unread = useQuery(notificationCountsQuery).data?.unread ?? 0;
  if (unread === 0) return null;
  return (
    <span
      className={cx(
        'tabular flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-chip leading-none font-medium text-on-accent',
        className,
      )}
    >
      <span aria-hidden>{unread > most ? `${most}+` : unread}</span>
      <span className="sr-only">{t('unread_count', { count: unread, formatted: unread })}</span>
    </span>
  );
}
