import { useTranslation } from 'react-i18next';
import { formatInstant } from '@/lib/dates';
import { useFlash } from '@/lib/flash';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Notification } from '@/lib/types';
import { cx } from '@/ui/cx';
import type { Group } from './groups';
import { useSentence } from './sentence';

interface InboxListProps {
  groups: Group[];
  current: string | undefined;
  onOpen: (notification: Notification) => void;
}
export function InboxList({ groups, current, onOpen }: InboxListProps) {
  return (
    <ul className="flex flex-col">
      {groups.map(({ key, items }) => (
        <li key={key} className="border-b border-line">
          <DealHead notification={items[0]} />
          <ul>
            {items.map((item) => (
              <Row
                key={item.id}
                notification={item}
                isCurrent={item.id === current}
                onOpen={() => onOpen(item)}
              />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** The deal that the notifications below speak of. */
function DealHead({ notification }: { notification: Notification | undefined }) {
  if (!notification?.deal_title) return null;
  return (
    <p className="truncate px-5 pt-2.5 text-small text-ink2 max-md:px-4">
      {[notification.client_name, notification.deal_title].filter(Boolean).join(' · ')}
    </p>
  );
}

interface RowProps {
  notification: Notification;
  isCurrent: boolean;
  onOpen: () => void;
}
function Row({ notification, isCurrent, onOpen }: RowProps) {
  const { t } = useTranslation('inbox');
  const { time_zone, today } = useSession();
  const sentence = useSentence()(notification);
  const flashing = useFlash(notification.id);
  const unread = !notification.read_at;
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent ? 'true' : undefined}
        onClick={onOpen}
        className={cx(
          'flex min-h-12 w-full items-start gap-2.5 px-5 py-2 text-left focus-visible:-outline-offset-2 max-md:px-4',
          isCurrent ? 'bg-select' : 'hover:bg-hover',
          flashing && 'flash',
        )}
      >
        <span
          className={cx(
            'mt-1.5 size-[7px] shrink-0 rounded-full',
            unread ? 'bg-accent' : 'bg-transparent',
          )}
        >
          {unread && <span className="sr-only">{t('unread_dot')}</span>}
        </span>
        <span className="min-w-0 flex-1">
          <span className={cx('block', unread && 'font-medium')}>{sentence.title}</span>
          {sentence.text && (
            <span className="line-clamp-2 text-small text-ink2">{sentence.text}</span>
          )}
        </span>
        <time
          dateTime={notification.shown_at}
          className="tabular shrink-0 text-chip leading-5 text-ink3"
        >
          {formatInstant(notification.shown_at, currentLocale(), time_zone, today)}
        </time>
      </button>
    </li>
  );
}
