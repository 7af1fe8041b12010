import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { entryResource } from '@/lib/data/audit';
import { dayOf, formatDay, formatTime } from '@/lib/dates';
import { currentLanguage, currentLocale } from '@/lib/i18n';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import type { Entry } from '@/lib/types';
import { useActionName } from '@/parts/action_name';
import { usePeopleOptions } from '@/parts/list/people';
import type { ColumnOf, ListOf } from '@/parts/list/types';
import type { FilterField } from '@/ui/list/types';
import { EmptyState } from '@/ui/states';

const EntryPanel = lazy(() =>
  import('./entry_panel').then(({ EntryPanel }) => ({ default: EntryPanel })),
);
const services = ['auth', 'crm', 'payments', 'tasks', 'notifications', 'audit'];

export function useEntryList(onOpen: (entry: Entry) => void): ListOf<Entry> {
  const { t } = useTranslation(['admin', 'common']);
  const action = useActionName();
  return {
    api: 'audit/entries',
    resource: entryResource,
    title: t('admin:audit.title'),
    count: (count, formatted) => t('admin:audit.count', { count, formatted }),
    columns: useColumns(),
    fields: useFields(),
    views: [
      { id: 'all', label: t('admin:audit.view.all'), sort: 'at desc' },
      { id: 'today', label: t('admin:audit.view.today'), f: 'at.is.today', sort: 'at desc' },
      { id: 'mine', label: t('admin:audit.view.mine'), f: 'actor_id.is.me', sort: 'at desc' },
    ],
    open: onOpen,
    peek: (_id, onClose, entry) =>
      entry && (
        <Suspense>
          <EntryPanel entry={entry} onClose={onClose} />
        </Suspense>
      ),
    phoneRow: (entry) => (
      <div className="min-w-0">
        <p className="truncate font-medium">{action(entry.action)}</p>
        <p className="truncate text-small text-ink2">
          {entry.actor_name || t('common:system')} · <Time at={entry.at} />
        </p>
      </div>
    ),
    empty: <EmptyState title={t('admin:audit.empty')} />,
    emptyFiltered: t('admin:audit.empty_filtered'),
  };
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

/** Words that exist for a kind of event or record are what one can choose from. */
function useNamed(group: 'action' | 'entity'): { id: string; label: string }[] {
  const { i18n } = useTranslation('admin');
  const words: unknown = i18n.getResource(currentLanguage(), 'admin', group);
  return Object.entries((words ?? {}) as Record<string, string>).map(([id, label]) => ({
    id,
    label,
  }));
}

function useFields(): FilterField[] {
  const { t } = useTranslation('admin');
  // «crm_deal_status_changed» is the word of crm.deal.status_changed.
  const actions = useNamed('action').map(({ id, label }) => ({
    id: id.replace('_', '.').replace('_', '.'),
    label,
  }));
  return [
    { id: 'at', label: t('audit.column_at'), kind: 'instant' },
    {
      id: 'actor_id',
      label: t('audit.column_actor'),
      kind: 'person',
      teamless: true,
      options: usePeopleOptions(),
    },
    { id: 'action', label: t('audit.column_action'), kind: 'enum', options: actions },
    {
      id: 'entity_type',
      label: t('audit.column_object'),
      kind: 'enum',
      options: useNamed('entity'),
    },
    {
      id: 'service',
      label: t('audit.column_service'),
      kind: 'enum',
      options: services.map((id) => ({ id, label: id })),
    },
    { id: 'entity_id', label: t('audit.field_id'), kind: 'text', whole: true },
  ];
}

/** What people call the record; its identifier stands in the opened entry. */
function nameOf({ before, after, entity_id }: Entry): string {
  const record = { ...asRecord(before), ...asRecord(after) };
  const word = (field: string) => (typeof record[field] === 'string' ? record[field] : '');
  const name = ['client_name', 'full_name', 'subject', 'title', 'name', 'deal_title']
    .map(word)
    .find(Boolean);
  const said = [word('number') || word('policy_number'), name].filter(Boolean).join(' · ');
  return said || `…${entity_id.slice(-6)}`;
}
const asRecord = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function useColumns(): ColumnOf<Entry>[] {
  const { t, i18n } = useTranslation(['admin', 'common']);
  const action = useActionName();
  const kind = (name: string) =>
    i18n.exists(`admin:entity.${name}`) ? t(`admin:entity.${name as 'deal'}`) : name;
  return [
    {
      id: 'at',
      file: 'at',
      label: t('admin:audit.column_at'),
      width: 160,
      sort: 'at',
      cell: ({ at }) => <Time at={at} />,
    },
    {
      id: 'actor',
      file: 'actor_name',
      label: t('admin:audit.column_actor'),
      width: 240,
      cell: ({ actor_name }) => actor_name || t('common:system'),
    },
    {
      id: 'action',
      file: 'action',
      label: t('admin:audit.column_action'),
      cell: (entry) => <span className="font-medium">{action(entry.action)}</span>,
    },
    {
      id: 'object',
      file: ['entity_type', 'entity_id'],
      label: t('admin:audit.column_object'),
      cell: (entry) => (
        <>
          {kind(entry.entity_type)}{' '}
          <span className="text-ink2" title={entry.entity_id}>
            {nameOf(entry)}
          </span>
        </>
      ),
    },
    {
      id: 'service',
      file: 'service',
      label: t('admin:audit.column_service'),
      width: 110,
      cell: ({ service }) => <span className="text-ink2">{service}</span>,
    },
  ];
}
