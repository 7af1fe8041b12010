import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { historyQuery } from '@/lib/data/audit';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Entry } from '@/lib/types';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { useActionName } from './action_name';
import { DiffView } from './diff_view';

interface RecordHistoryProps {
  entityType: 'deal' | 'client' | 'policy' | 'calculation';
  id: string;
}
/** Who changed what, from what to what, and when: straight from the audit log. */
export function RecordHistory({ entityType, id }: RecordHistoryProps) {
  const { t } = useTranslation(['deals', 'common']);
  const list = useInfiniteQuery(historyQuery(entityType, id));
  const entries = list.data?.pages.flatMap((page) => page.entries ?? []);
  if (list.error && !entries) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!entries) return <RowsSkeleton rows={6} />;
  if (entries.length === 0) return <EmptyState title={t('deals:history.empty')} />;
  return (
    <>
      <ol className="mx-auto flex max-w-3xl flex-col gap-3">
        {entries.map((entry) => (
          <HistoryEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button
          variant="quiet"
          isPending={list.isFetchingNextPage}
          onPress={() => void list.fetchNextPage()}
        >
          {t('common:next_page')}
        </Button>
      )}
    </>
  );
}

function HistoryEntry({ entry }: { entry: Entry }) {
  const { t } = useTranslation(['deals', 'common']);
  const { time_zone, today } = useSession();
  const action = useActionName();
  const actor = entry.actor_name || t('common:system');
  return (
    <li className="rounded-card border border-line bg-raised p-3 shadow-1">
      <p className="mb-1.5 flex flex-wrap items-center gap-2">
        <Avatar name={actor} size="small" />
        <span className="font-medium">{actor}</span>
        <span className="text-ink2">{action(entry.action)}</span>
        <time dateTime={entry.at} className="tabular ml-auto text-small text-ink3">
          {formatInstant(entry.at, currentLocale(), time_zone, today)}
        </time>
      </p>
      {entry.reason && (
        <p className="text-small">{t('deals:history.reason', { reason: entry.reason })}</p>
      )}
      <DiffView before={entry.before} after={entry.after} />
    </li>
  );
}
