import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sessionsQuery, useEndAllSessions, useEndSession } from '@/lib/data/people';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { Monitor } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

/** Where somebody is signed in; without a user, one's own sessions. */
export function SessionList({ userId }: { userId?: string | undefined }) {
  const { t } = useTranslation('admin');
  const { time_zone, today } = useSession();
  const { data, error, refetch } = useQuery(sessionsQuery(userId));
  const end = useEndSession();
  const endAll = useEndAllSessions();
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={3} />;
  if (data.length === 0) return <EmptyState title={t('sessions_empty')} />;
  const time = (instant: string | undefined) =>
    instant && formatInstant(instant, currentLocale(), time_zone, today);
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line rounded-card border border-line bg-raised">
        {data.map((session) => (
          <li key={session.id} className="flex min-h-14 flex-wrap items-center gap-3 px-3 py-2">
            <span className="text-ink2">
              <Monitor />
            </span>
            <span className="min-w-40 flex-1">
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {session.device}
                {session.current && <Chip tone="ok">{t('session_current')}</Chip>}
                {session.program && <Chip>{t('program')}</Chip>}
              </span>
              <span className="tabular block text-small text-ink2">
                {[session.address, time(session.last_used_at)].filter(Boolean).join(' · ')}
              </span>
            </span>
            {!session.current && (
              <Button
                onPress={() => end.mutate(session.id, { onSuccess: () => toast(t('ended')) })}
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {data.some((session) => !session.current) && (
        <div>
          <Button
            variant="danger"
            onPress={() => endAll.mutate(userId, { onSuccess: () => toast(t('ended_all')) })}
          >
            {userId ? t('end_all') : t('end_all_others')}
          </Button>
        </div>
      )}
    </div>
  );
}
