import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { taskHistoryQuery } from '@/lib/data/tasks';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Task, TaskHistoryItem } from '@/lib/types';
import { Button } from '@/ui/button';
import { ErrorState, RowsSkeleton } from '@/ui/states';

interface Details {
  from?: string;
  to?: string;
  comment?: string;
  reason?: string;
  changes?: Record<string, { from: unknown; to: unknown }>;
}

/** What happened to a task, newest first. */
export function TaskHistory({ task }: { task: Task }) {
  const { t } = useTranslation('common');
  const list = useInfiniteQuery(taskHistoryQuery(task.id));
  const items = list.data?.pages.flatMap((page) => page.history ?? []);
  if (list.error && !items) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!items) return <RowsSkeleton rows={3} />;
  return (
    <>
      <ol className="flex flex-col divide-y divide-line border-y border-line">
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="quiet" onPress={() => void list.fetchNextPage()}>
          {t('next_page')}
        </Button>
      )}
    </>
  );
}

function Item({ item }: { item: TaskHistoryItem }) {
  const { t } = useTranslation(['tasks', 'common']);
  const { time_zone, today } = useSession();
  const details = (item.details ?? {}) as Details;
  const words = details.comment ?? details.reason;
  return (
    <li className="py-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{item.actor_name || t('common:system')}</span>
        <span className="min-w-0 text-ink2">
          <Happened item={item} details={details} />
        </span>
        <time dateTime={item.at} className="tabular ml-auto text-small text-ink3">
          {formatInstant(item.at, currentLocale(), time_zone, today)}
        </time>
      </p>
      {words && <p className="mt-0.5 whitespace-pre-wrap break-words">{words}</p>}
    </li>
  );
}

function Happened({ item, details }: { item: TaskHistoryItem; details: Details }) {
  const { t } = useTranslation('tasks');
  if (item.kind === 'status_changed') {
    const name = (status: string | undefined) => t(`status_is.${status as 'new'}`);
    return t('happened.status_changed', { from: name(details.from), to: name(details.to) });
  }
  if (item.kind === 'assigned') return t('happened.assigned', { to: details.to });
  if (item.kind === 'created') return t('happened.created', { to: details.to });
  const fields = Object.keys(details.changes ?? {}).map((field) =>
    t(`field.${field as 'subject'}`, { defaultValue: field }),
  );
  return t('happened.updated', { fields: fields.join(', ') });
}
