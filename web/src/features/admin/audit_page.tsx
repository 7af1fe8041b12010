import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { entriesQuery } from '@/lib/data/audit';
import { addDays, dayOf, formatDay, formatTime } from '@/lib/dates';
import { all, before, from, is } from '@/lib/filter';
import { currentLocale } from '@/lib/i18n';
import { useKeys } from '@/lib/keys';
import { useSession } from '@/lib/session';
import type { Entry } from '@/lib/types';
import { useNumber } from '@/parts/deal_bits';
import { useActionName } from '@/parts/history';
import { PageHead } from '@/parts/page';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { AdminTabs } from './admin_tabs';
import { AuditFilters, type Change } from './audit_filters';
import type { AuditSearch } from './search';

const ChainCheck = lazy(() =>
  import('./chain_check').then(({ ChainCheck }) => ({ default: ChainCheck })),
);
const EntryPanel = lazy(() =>
  import('./entry_panel').then(({ EntryPanel }) => ({ default: EntryPanel })),
);

function filterOf(search: AuditSearch) {
  return all(
    is('actor_id', search.actor),
    is('action', search.action),
    is('entity_type', search.kind),
    is('service', search.service),
    is('entity_id', search.id),
    search.from && from('at', `${search.from}T00:00:00Z`),
    search.to && before('at', `${addDays(search.to, 1)}T00:00:00Z`),
  );
}

export function AuditPage() {
  const { t } = useTranslation('admin');
  const search = useSearch({ strict: false }) as AuditSearch;
  const navigate = useNavigate();
  const number = useNumber();
  const [filtering, setFiltering] = useState(false);
  const list = useInfiniteQuery(entriesQuery(filterOf(search)));
  const total = list.data?.pages[0]?.total_size;
  const change: Change = (next) =>
    void navigate({
      to: '/admin/audit',
      search: (known) => ({ ...known, ...next }) as AuditSearch,
      replace: true,
    });
  useKeys({ KeyF: () => setFiltering(true) });
  return (
    <>
      <PageHead
        title={t('audit.title')}
        note={total !== undefined && t('audit.count', { count: total, formatted: number(total) })}
        actions={
          <Suspense>
            <ChainCheck />
          </Suspense>
        }
      />
      <AdminTabs current="audit" />
      <AuditFilters
        search={search}
        change={change}
        isOpen={filtering}
        onOpenChange={setFiltering}
      />
      <Entries search={search} change={change} />
    </>
  );
}

function Entries({ search, change }: { search: AuditSearch; change: Change }) {
  const { t } = useTranslation(['admin', 'common']);
  const [openId, setOpenId] = useState<string>();
  const list = useInfiniteQuery(entriesQuery(filterOf(search)));
  const entries = list.data?.pages.flatMap((page) => page.entries ?? []);
  const columns = useColumns();
  const action = useActionName();
  if (list.error && !entries) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!entries) return <RowsSkeleton />;
  if (entries.length === 0) {
    const narrowed = Object.values(search).some(Boolean);
    const clear = Object.fromEntries(Object.keys(search).map((field) => [field, undefined]));
    return (
      <EmptyState
        title={narrowed ? t('admin:audit.empty_filtered') : t('admin:audit.empty')}
        action={
          narrowed && <Button onPress={() => change(clear)}>{t('common:filter_clear')}</Button>
        }
      />
    );
  }
  const opened = entries.find(({ id }) => id === openId);
  const open = (entry: Entry) => setOpenId(entry.id);
  return (
    <>
      <DataTable
        label={t('admin:audit.title')}
        columns={columns}
        rows={entries}
        rowId={(entry) => entry.id}
        total={Math.max(list.data?.pages[0]?.total_size ?? 0, entries.length)}
        current={openId}
        onOpen={open}
        onPeek={open}
        onEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
        phoneRow={(entry) => (
          <div className="min-w-0">
            <p className="truncate font-medium">{action(entry.action)}</p>
            <p className="truncate text-small text-ink2">
              {entry.actor_name || t('common:system')} · <Time at={entry.at} />
            </p>
          </div>
        )}
      />
      <Suspense>
        {opened && <EntryPanel entry={opened} onClose={() => setOpenId(undefined)} />}
      </Suspense>
    </>
  );
}

function Time({ at }: { at: string }) {
  const { time_zone } = useSession();
  const locale = currentLocale();
  return (
    <time dateTime={at} className="tabular">
      {formatDay(dayOf(at, time_zone), locale, 'numeric')} {formatTime(at, locale, time_zone)}
    </time>
  );
}

function useColumns(): TableColumn<Entry>[] {
  const { t, i18n } = useTranslation(['admin', 'common']);
  const action = useActionName();
  const kind = (name: string) =>
    i18n.exists(`admin:entity.${name}`) ? t(`admin:entity.${name as 'deal'}`) : name;
  return [
    {
      id: 'at',
      label: t('admin:audit.column_at'),
      width: '160px',
      cell: (entry) => <Time at={entry.at} />,
    },
    {
      id: 'actor',
      label: t('admin:audit.column_actor'),
      width: '22%',
      cell: (entry) => entry.actor_name || t('common:system'),
    },
    {
      id: 'action',
      label: t('admin:audit.column_action'),
      cell: (entry) => <span className="font-medium">{action(entry.action)}</span>,
    },
    {
      id: 'object',
      label: t('admin:audit.column_object'),
      width: '30%',
      cell: (entry) => (
        <>
          {kind(entry.entity_type)}{' '}
          <span className="tabular text-small text-ink3">{entry.entity_id}</span>
        </>
      ),
    },
    {
      id: 'service',
      label: t('admin:audit.column_service'),
      width: '90px',
      cell: (entry) => <span className="text-ink2">{entry.service}</span>,
    },
  ];
}
