import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dealQuery } from '@/lib/data/deals';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { may, type Notification } from '@/lib/types';
import { DealStatusChip, Due, useMoveText, WhoseMove } from '@/parts/deal_bits';
import { Markdown } from '@/parts/markdown';
import { Avatar } from '@/ui/avatar';
import { Button, buttonClass } from '@/ui/button';
import { Check, ChevronDown, ChevronLeft, Open } from '@/ui/icons';
import { Menu } from '@/ui/menu';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { useSentence } from './sentence';
import { Subject } from './subject';
import type { Delay, InboxActions } from './use_inbox_actions';

interface OpenedProps {
  notification: Notification;
  actions: InboxActions;
  laterOpen: boolean;
  onLaterOpen: (open: boolean) => void;
  onBack?: () => void;
}
/** The notification and the record in question. */
export function Opened({ notification, actions, onBack, ...later }: OpenedProps) {
  const { t } = useTranslation('inbox');
  const { title } = useSentence()(notification);
  return (
    <section
      aria-label={title}
      tabIndex={0}
      className="flex min-h-0 min-w-0 flex-1 flex-col gap-5 overflow-y-auto p-5 focus-visible:-outline-offset-2 max-md:p-4"
    >
      {onBack && (
        <p>
          <Button variant="quiet" icon={<ChevronLeft />} onPress={onBack}>
            {t('back')}
          </Button>
        </p>
      )}
      <Said notification={notification} />
      <Actions notification={notification} actions={actions} {...later} />
      <Subject notification={notification} />
      {notification.deal_id && <DealInQuestion id={notification.deal_id} />}
      <Deliveries notification={notification} />
    </section>
  );
}

function Said({ notification }: { notification: Notification }) {
  const { t } = useTranslation('inbox');
  const { time_zone, today } = useSession();
  const { title, text } = useSentence()(notification);
  const time = (instant: string) => formatInstant(instant, currentLocale(), time_zone, today);
  const written = notification.details?.text;
  const named = notification.subject_type === 'job' ? undefined : notification.details?.title;
  return (
    <header className="flex gap-3">
      {notification.actor_name && <Avatar name={notification.actor_name} />}
      <div className="min-w-0 flex-1">
        <h2 className="text-record">{title}</h2>
        <p className="tabular text-small text-ink3">
          <time dateTime={notification.created_at}>{time(notification.created_at)}</time>
          {notification.later_until &&
            ` · ${t('returns', { date: time(notification.later_until) })}`}
        </p>
        {named && <p className="mt-2 font-medium">{named}</p>}
        {written ? (
          <div className="mt-2">
            <Markdown text={written} />
          </div>
        ) : (
          !named && text && <p className="mt-2 text-ink2">{text}</p>
        )}
      </div>
    </header>
  );
}

const delays: Delay[] = ['hour', 'tomorrow', 'plus3', 'week'];

function Actions({ notification, actions, laterOpen, onLaterOpen }: Omit<OpenedProps, 'onBack'>) {
  const { t } = useTranslation('inbox');
  return (
    <div className="flex flex-wrap gap-2">
      {notification.read_at ? (
        <Button onPress={() => actions.unread(notification)}>{t('unread_again')}</Button>
      ) : (
        <Button variant="primary" icon={<Check />} onPress={() => actions.done(notification)}>
          {t('done')}
        </Button>
      )}
      {may(notification, 'later') && (
        <Menu
          label={t('later')}
          isOpen={laterOpen}
          onOpenChange={onLaterOpen}
          trigger={
            <Button>
              {t('later')}
              <ChevronDown />
            </Button>
          }
          actions={delays.map((id) => ({
            id,
            label: t(`later_to.${id}`),
            run: () => actions.later(notification, id),
          }))}
        />
      )}
      {notification.subject_type === 'task' && notification.subject_id && (
        <Link
          to="/tasks/$taskId"
          params={{ taskId: notification.subject_id }}
          className={buttonClass('quiet')}
        >
          {t('open_task')}
          <Open />
        </Link>
      )}
      {notification.deal_id && (
        <Link
          to="/deals/$dealId"
          params={{ dealId: notification.deal_id }}
          className={buttonClass('quiet')}
        >
          {t('open_deal')}
          <Open />
        </Link>
      )}
    </div>
  );
}

function DealInQuestion({ id }: { id: string }) {
  const { t } = useTranslation(['inbox', 'deals']);
  const { data: deal, error, refetch } = useQuery(dealQuery(id));
  const moveText = useMoveText();
  if (error && !deal) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!deal) return <RowsSkeleton rows={3} />;
  return (
    <section aria-label={t('inbox:deal')} className="rounded-card border border-line bg-canvas p-4">
      <h3 className="text-head font-semibold">{deal.client_name || deal.title}</h3>
      <p className="text-ink2">
        {deal.title} · <span className="tabular">{deal.number}</span>
      </p>
      <p className="mt-2 flex flex-wrap items-center gap-3">
        <DealStatusChip status={deal.status} />
        {deal.deadline && <WhoseMove deal={deal} />}
        <Due day={deal.deadline?.date} />
      </p>
      <p className="mt-2">{moveText(deal)}</p>
      <Facts>
        {deal.members?.map((member) => (
          <li key={`${member.user_id}${member.function}`} className="flex items-center gap-2">
            <Avatar name={member.full_name} size="small" />
            <span>{member.full_name}</span>
            <span className="text-small text-ink3">{t(`deals:function.${member.function}`)}</span>
          </li>
        ))}
      </Facts>
    </section>
  );
}

const Facts = ({ children }: { children: ReactNode }) => (
  <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-2">{children}</ul>
);

/** How each channel took it; the inbox alone needs no words. */
function Deliveries({ notification }: { notification: Notification }) {
  const { t, i18n } = useTranslation('inbox');
  const { time_zone, today } = useSession();
  const deliveries = notification.deliveries ?? [];
  if (deliveries.length === 0) return null;
  const name = (channel: string | undefined) =>
    i18n.exists(`inbox:channel.${channel}`) ? t(`channel.${channel as 'inbox'}`) : (channel ?? '');
  return (
    <p className="mt-auto text-small text-ink3">
      {t('delivery')}:{' '}
      {deliveries
        .map(({ channel, state, at }) => {
          const time = at ? formatInstant(at, currentLocale(), time_zone, today) : '';
          return `${name(channel)}, ${t(`delivery_state.${state ?? 'pending'}`, { time })}`;
        })
        .join(' · ')}
    </p>
  );
}
