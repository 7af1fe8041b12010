import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  type InboxView,
  inboxViews,
  notificationCountsQuery,
  notificationListQuery,
  useMarkAllRead,
} from '@/lib/data/notifications';
import { useKeys } from '@/lib/keys';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import type { Notification } from '@/lib/types';
import { useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { Button } from '@/ui/button';
import { usePhone } from '@/ui/media';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { byDeal } from './groups';
import { InboxList } from './inbox_list';
import { Opened } from './opened';
import type { InboxSearch } from './search';
import { useInboxActions } from './use_inbox_actions';

/** Which notification has its menu of dates opened by a key. */
const laterOf = createStore<string | undefined>(undefined);

export function InboxPage() {
  const { t } = useTranslation(['inbox', 'common']);
  const { view = 'unread' } = useSearch({ strict: false }) as InboxSearch;
  const number = useNumber();
  const counts = useQuery(notificationCountsQuery).data;
  const unread = counts?.unread ?? 0;
  return (
    <>
      <PageHead
        title={t('inbox:title')}
        note={counts && t('common:unread_count', { count: unread, formatted: number(unread) })}
        actions={<MarkAll view={view} disabled={unread === 0} />}
      />
      <Tabs
        label={t('inbox:views')}
        items={inboxViews.map((id) => {
          const count = id === 'all' ? undefined : counts?.[id];
          return {
            id,
            label: t(`inbox:view.${id}`),
            current: id === view,
            link: { to: '/inbox', search: { view: id } },
            ...(count ? { count: number(count) } : {}),
          };
        })}
      />
      <Panes key={view} view={view} />
    </>
  );
}

function MarkAll({ view, disabled }: { view: InboxView; disabled: boolean }) {
  const { t } = useTranslation('inbox');
  const mark = useMarkAllRead();
  if (view === 'later') return null;
  const filter = view === 'mentions' ? 'mention = true' : undefined;
  const run = async () => {
    const count = await mark.mutateAsync(filter).catch(() => undefined);
    if (count) toast(t('all_read', { count }));
  };
  return (
    <Button isDisabled={disabled} isPending={mark.isPending} onPress={() => void run()}>
      {t('mark_all')}
    </Button>
  );
}

function Panes({ view }: { view: InboxView }) {
  const { t } = useTranslation(['inbox', 'common']);
  const phone = usePhone();
  const navigate = useNavigate();
  const { id } = useSearch({ strict: false }) as InboxSearch;
  const list = useInfiniteQuery(notificationListQuery(view));
  const loaded = list.data?.pages.flatMap((page) => page.notifications ?? []);
  const groups = byDeal(loaded ?? []);
  const shown = groups.flatMap(({ items }) => items);
  const opened = shown.find((item) => item.id === id) ?? (phone ? undefined : shown[0]);
  const open = (next: Notification | undefined) =>
    void navigate({
      to: '/inbox',
      search: { view, ...(next && { id: next.id }) },
      replace: !phone,
      resetScroll: false,
    });
  const actions = useInboxActions(shown, open);
  const later = useStore(laterOf);
  const step = (by: 1 | -1) => () => {
    const at = shown.findIndex((item) => item.id === opened?.id);
    const next = shown[at + by];
    if (next) open(next);
  };
  useKeys({
    KeyJ: step(1),
    KeyK: step(-1),
    KeyE: () => opened && actions.done(opened),
    KeyH: () => opened && laterOf.set(opened.id),
    Enter: () => opened && actions.openRecord(opened),
    ...(phone && opened && { Escape: () => open(undefined) }),
  });
  if (list.error && !loaded) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!loaded) return <RowsSkeleton />;
  if (shown.length === 0) {
    return <EmptyState title={t(`inbox:empty.${view}`)} text={t(`inbox:empty_text.${view}`)} />;
  }
  return (
    <div className="flex min-h-0 flex-1">
      {!(phone && opened) && (
        <section
          aria-label={t('inbox:list')}
          tabIndex={0}
          className="min-h-0 w-[420px] shrink-0 overflow-y-auto border-r border-line focus-visible:-outline-offset-2 max-lg:w-[340px] max-md:w-full max-md:border-r-0"
        >
          <InboxList groups={groups} current={opened?.id} onOpen={open} />
          {list.hasNextPage && (
            <Button
              variant="quiet"
              className="m-3"
              isPending={list.isFetchingNextPage}
              onPress={() => void list.fetchNextPage()}
            >
              {t('common:next_page')}
            </Button>
          )}
        </section>
      )}
      {opened && (
        <Opened
          key={opened.id}
          notification={opened}
          actions={actions}
          laterOpen={later === opened.id}
          onLaterOpen={(isOpen) => laterOf.set(isOpen ? opened.id : undefined)}
          {...(phone && { onBack: () => open(undefined) })}
        />
      )}
    </div>
  );
}
