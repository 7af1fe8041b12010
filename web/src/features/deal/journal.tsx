import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timelineQuery } from '@/lib/data/journal';
import { useRole } from '@/lib/session';
import { type Deal, may, type TimelineItem } from '@/lib/types';
import { Button } from '@/ui/button';
import { Segmented } from '@/ui/segmented';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { Composer } from './composer';
import { Note } from './note';
import { SystemLines } from './system_lines';

type Kinds = 'all' | 'journal';

export function Journal({ deal }: { deal: Deal }) {
  const { t } = useTranslation(['deals', 'common']);
  const role = useRole();
  const [kinds, setKinds] = useState<Kinds>('all');
  const list = useInfiniteQuery(timelineQuery(deal.id, kinds === 'all' ? '' : 'journal'));
  const items = list.data?.pages.flatMap((page) => page.timeline ?? []);
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4">
      {role !== 'head' && may(deal, 'journal') && <Composer deal={deal} />}
      <Segmented<Kinds>
        label={t('deals:journal_filter')}
        hideLabel
        value={kinds}
        onChange={setKinds}
        options={(['all', 'journal'] as const).map((value) => ({
          value,
          label: t(`deals:journal_filter_is.${value}`),
        }))}
      />
      {list.error && !items && (
        <ErrorState failure={list.error} onRetry={() => void list.refetch()} />
      )}
      {!items && !list.error && <RowsSkeleton rows={5} />}
      {items?.length === 0 && (
        <EmptyState title={t('deals:journal_empty')} text={t('deals:first_step_text')} />
      )}
      {items && items.length > 0 && (
        <ol className="flex flex-col gap-4">
          {folded(items).map((group) => (
            <li key={group[0]?.id}>
              {group[0]?.kind === 'journal' && group[0].entry ? (
                <Note deal={deal} entry={group[0].entry} />
              ) : (
                <SystemLines items={group} />
              )}
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button
          variant="quiet"
          isPending={list.isFetchingNextPage}
          onPress={() => void list.fetchNextPage()}
        >
          {t('common:next_page')}
        </Button>
      )}
    </div>
  );
}

/** Quiet lines that stand together make one group. */
export function folded(items: TimelineItem[]): TimelineItem[][] {
  const groups: TimelineItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const quiet = item.kind !== 'journal' || !item.entry;
    const joins = quiet && last?.[0] && (last[0].kind !== 'journal' || !last[0].entry);
    if (joins) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
