import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientListQuery } from '@/lib/data/clients';
import { all, flag, is } from '@/lib/filter';
import { useKeys } from '@/lib/keys';
import { useSession } from '@/lib/session';
import type { Client } from '@/lib/types';
import { creating } from '@/parts/commands';
import { PhoneLink } from '@/parts/contact_lines';
import { useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { mayCreate } from '@/parts/rights';
import { Button } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { focusSearch } from '@/ui/filter_bar';
import { Plus } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { ClientFilters } from './client_filters';
import type { ClientsSearch } from './search';
import { clientTones } from './tones';

export type Change = (
  change: Partial<Record<keyof ClientsSearch, string | boolean | undefined>>,
) => void;

export function ClientsPage() {
  const { t } = useTranslation(['clients', 'common']);
  const search = useSearch({ strict: false }) as ClientsSearch;
  const navigate = useNavigate();
  const { user } = useSession();
  const phone = usePhone();
  const number = useNumber();
  const [filtering, setFiltering] = useState(false);
  const change: Change = (next) =>
    void navigate({
      to: '/clients',
      search: (known) => ({ ...known, ...next }) as ClientsSearch,
      replace: true,
    });
  const list = useInfiniteQuery(clientListQuery(queryOf(search, user.id)));
  const total = list.data?.pages[0]?.total_size ?? 0;
  useKeys({ KeyF: () => setFiltering(true), Slash: focusSearch });
  return (
    <>
      <PageHead
        title={t('clients:title')}
        note={list.data && t('clients:count', { count: total, formatted: number(total) })}
        actions={
          mayCreate(user.role) &&
          !phone && (
            <Button
              variant="primary"
              icon={<Plus />}
              onPress={() => creating.set({ what: 'client' })}
            >
              {t('clients:new')}
            </Button>
          )
        }
      />
      <ClientFilters
        search={search}
        change={change}
        isOpen={filtering}
        onOpenChange={setFiltering}
      />
      <ClientTable search={search} change={change} />
    </>
  );
}

function queryOf(search: ClientsSearch, me: string) {
  return {
    filter: all(
      is('type', search.type),
      is('status', search.status),
      is('owner_id', search.owner === 'me' ? me : search.owner),
      flag('archived', search.archived === true),
    ),
    q: search.q,
    order_by: search.sort ?? 'short_name',
  };
}

interface TableProps {
  search: ClientsSearch;
  change: Change;
}
function ClientTable({ search, change }: TableProps) {
  const { t } = useTranslation('clients');
  const navigate = useNavigate();
  const { user } = useSession();
  const list = useInfiniteQuery(clientListQuery(queryOf(search, user.id)));
  const clients = useMemo(
    () => list.data?.pages.flatMap((page) => page.clients ?? []) ?? [],
    [list.data],
  );
  const columns = useColumns();
  if (list.error && !list.data) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!list.data) return <RowsSkeleton />;
  if (clients.length === 0) return <NoClients search={search} change={change} />;
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={clients}
      rowId={(client) => client.id}
      total={Math.max(list.data.pages[0]?.total_size ?? 0, clients.length)}
      sort={search.sort ?? 'short_name'}
      onSort={(sort) => change({ sort })}
      onOpen={(client) =>
        void navigate({ to: '/clients/$clientId', params: { clientId: client.id } })
      }
      onEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
      phoneRow={(client) => <PhoneRow client={client} />}
    />
  );
}

function NoClients({ search, change }: TableProps) {
  const { t } = useTranslation(['clients', 'common']);
  const { user } = useSession();
  if (search.q || search.type || search.status || search.owner || search.archived) {
    const clear = {
      q: undefined,
      type: undefined,
      status: undefined,
      owner: undefined,
      archived: undefined,
    };
    return (
      <EmptyState
        title={t('clients:empty_filtered')}
        action={<Button onPress={() => change(clear)}>{t('common:filter_clear')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={t('clients:empty')}
      text={t('clients:empty_text')}
      action={
        mayCreate(user.role) && (
          <Button variant="primary" onPress={() => creating.set({ what: 'client' })}>
            {t('clients:new_title')}
          </Button>
        )
      }
    />
  );
}

const primary = (client: Client) =>
  client.contacts?.find(({ is_primary }) => is_primary) ?? client.contacts?.[0];

function NameLink({ client }: { client: Client }) {
  return (
    <Link
      to="/clients/$clientId"
      params={{ clientId: client.id }}
      tabIndex={-1}
      className="font-medium hover:underline"
    >
      {client.short_name || client.full_name}
    </Link>
  );
}

function useColumns(): TableColumn<Client>[] {
  const { t } = useTranslation('clients');
  return [
    {
      id: 'name',
      label: t('name'),
      width: '30%',
      sort: 'short_name',
      cell: (client) => <NameLink client={client} />,
    },
    {
      id: 'status',
      label: t('status'),
      width: '140px',
      cell: (client) => (
        <Chip tone={clientTones[client.status]}>{t(`status_is.${client.status}`)}</Chip>
      ),
    },
    {
      id: 'phone',
      label: t('phone'),
      width: '190px',
      cell: (client) => {
        const contact = primary(client);
        return contact?.phone && <PhoneLink contact={contact} />;
      },
    },
    { id: 'type', label: t('type'), width: '110px', cell: (client) => t(client.type) },
    {
      id: 'segment',
      label: t('segment'),
      width: '130px',
      cell: (client) => <span className="text-ink2">{client.segment}</span>,
    },
    {
      id: 'tax',
      label: t('tax_number'),
      width: '140px',
      cell: (client) => <span className="tabular text-ink2">{client.tax_number}</span>,
    },
    { id: 'owner', label: t('owner'), cell: (client) => client.owner_name },
  ];
}

function PhoneRow({ client }: { client: Client }) {
  const { t } = useTranslation('clients');
  const contact = primary(client);
  return (
    <div className="flex min-w-0 items-center justify-between gap-2">
      <div className="min-w-0 truncate">
        <NameLink client={client} />
        <div className="text-small text-ink2">{t(`status_is.${client.status}`)}</div>
      </div>
      {contact?.phone && <PhoneLink contact={contact} />}
    </div>
  );
}
