import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { clientResource, saveClient } from '@/lib/data/clients';
import { useRole, useSession } from '@/lib/session';
import { type Client, may } from '@/lib/types';
import { creating } from '@/parts/commands';
import { PhoneLink } from '@/parts/contact_lines';
import { Due } from '@/parts/deal_bits';
import { usePeopleOptions } from '@/parts/list/people';
import { Stamp } from '@/parts/list/stamp';
import type { ColumnOf, ListOf } from '@/parts/list/types';
import { mayCreate } from '@/parts/rights';
import { Button } from '@/ui/button';
import { Chip } from '@/ui/chip';
import type { FilterField } from '@/ui/list/types';
import { EmptyState } from '@/ui/states';
import { premiumText } from './bits';
import { useClientBulk } from './client_bulk';
import { clientStatuses, clientTypes } from './search';
import { clientTones } from './tones';

/** The list of clients: what it shows, by what it is narrowed, what can be done in it. */
export function useClientList(): ListOf<Client> {
  const { t } = useTranslation('clients');
  const navigate = useNavigate();
  const role = useRole();
  return {
    resource: clientResource,
    title: t('title'),
    count: (count, formatted) => t('count', { count, formatted }),
    columns: useColumns(),
    fields: useFields(),
    views: [
      { id: 'all', label: t('view.all'), sort: 'short_name', f: '' },
      ...(mayCreate(role)
        ? [{ id: 'mine', label: t('view.mine'), sort: 'short_name', f: 'owner_id.is.me' }]
        : []),
      { id: 'active', label: t('view.active'), sort: 'short_name', f: 'status.is.active' },
      { id: 'archived', label: t('view.archived'), sort: 'short_name', f: 'archived.is.true' },
    ],
    groupings: [
      {
        id: 'status',
        label: t('status'),
        valueLabel: (value) => t(`status_is.${value as 'active'}`),
      },
      { id: 'type', label: t('type'), valueLabel: (value) => t(value as 'company') },
      useOwnerGrouping(),
    ],
    bulk: useClientBulk(),
    search: t('search'),
    open: (client) => void navigate({ to: '/clients/$clientId', params: { clientId: client.id } }),
    phoneRow: (client) => <PhoneRow client={client} />,
    update: saveClient,
    empty: <NoClients />,
    emptyFiltered: t('empty_filtered'),
  };
}

function useOwnerGrouping() {
  const { t } = useTranslation('clients');
  const owners = usePeopleOptions();
  const nameOf = (id: string) => owners.find((owner) => owner.id === id)?.label ?? '…';
  return { id: 'owner_id', label: t('owner'), valueLabel: nameOf };
}

function useFields(): FilterField[] {
  const { t } = useTranslation('clients');
  const owners = usePeopleOptions('agent', 'admin');
  return [
    {
      id: 'status',
      label: t('status'),
      kind: 'enum',
      options: clientStatuses.map((id) => ({ id, label: t(`status_is.${id}`) })),
    },
    {
      id: 'type',
      label: t('type'),
      kind: 'enum',
      options: clientTypes.map((id) => ({ id, label: t(id) })),
    },
    { id: 'owner_id', label: t('owner'), kind: 'person', options: owners },
    { id: 'full_name', label: t('name'), kind: 'text' },
    { id: 'segment', label: t('segment'), kind: 'text' },
    { id: 'tax_number', label: t('tax_number'), kind: 'text' },
    { id: 'created_at', label: t('created_at'), kind: 'instant' },
    { id: 'updated_at', label: t('updated_at'), kind: 'instant' },
    { id: 'archived', label: t('archived'), kind: 'boolean' },
  ];
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

function useColumns(): ColumnOf<Client>[] {
  const { t } = useTranslation(['clients', 'common']);
  const locked = (client: Client) => (may(client, 'update') ? undefined : t('common:locked'));
  return [
    {
      id: 'name',
      file: 'short_name',
      label: t('clients:name'),
      sort: 'short_name',
      cell: (client) => <NameLink client={client} />,
      edit: {
        kind: 'text',
        locked,
        value: (client) => client.short_name ?? '',
        change: (text) => ({ short_name: text ?? '' }),
        fields: (text) => ({ short_name: text ?? null }),
      },
    },
    {
      id: 'status',
      file: 'status',
      label: t('clients:status'),
      width: 140,
      cell: (client) => (
        <Chip tone={clientTones[client.status]}>{t(`clients:status_is.${client.status}`)}</Chip>
      ),
      edit: {
        kind: 'choice',
        locked,
        options: clientStatuses.map((id) => ({ id, label: t(`clients:status_is.${id}`) })),
        value: ({ status }) => status,
        change: (status) => ({ status: status as Client['status'] }),
      },
    },
    {
      id: 'phone',
      file: 'contacts.phone',
      label: t('clients:phone'),
      width: 190,
      cell: (client) => {
        const contact = primary(client);
        return contact?.phone && <PhoneLink contact={contact} />;
      },
    },
    {
      id: 'in_force',
      file: 'policies_in_force',
      label: t('clients:in_force_short'),
      width: 90,
      end: true,
      cell: ({ policies_in_force = 0 }) => (
        <span className={policies_in_force ? 'tabular' : 'text-ink3'}>{policies_in_force}</span>
      ),
    },
    {
      id: 'premium',
      file: 'premium_a_year',
      label: t('clients:premium_a_year'),
      width: 130,
      end: true,
      cell: (client) => <span className="tabular">{premiumText(client)}</span>,
    },
    {
      id: 'next_date',
      file: 'next_date',
      label: t('clients:next_date'),
      width: 140,
      cell: ({ next_date }) => next_date && <Due day={next_date} />,
    },
    {
      id: 'type',
      file: 'type',
      label: t('clients:type'),
      width: 110,
      hidden: true,
      cell: ({ type }) => t(`clients:${type}`),
    },
    {
      id: 'segment',
      file: 'segment',
      label: t('clients:segment'),
      width: 130,
      cell: ({ segment }) => <span className="text-ink2">{segment}</span>,
      edit: {
        kind: 'text',
        locked,
        value: ({ segment }) => segment ?? '',
        change: (segment) => ({ segment: segment ?? '' }),
        fields: (segment) => ({ segment: segment ?? null }),
      },
    },
    {
      id: 'tax',
      file: 'tax_number',
      label: t('clients:tax_number'),
      width: 140,
      hidden: true,
      cell: ({ tax_number }) => <span className="tabular text-ink2">{tax_number}</span>,
    },
    {
      id: 'owner',
      file: 'owner_name',
      label: t('clients:owner'),
      width: 170,
      cell: ({ owner_name }) => owner_name,
    },
    {
      id: 'created',
      file: 'created_at',
      label: t('clients:created_at'),
      width: 130,
      sort: 'created_at',
      hidden: true,
      cell: ({ created_at }) => <Stamp at={created_at} />,
    },
    {
      id: 'updated',
      file: 'updated_at',
      label: t('clients:updated_at'),
      width: 130,
      sort: 'updated_at',
      hidden: true,
      cell: ({ updated_at }) => <Stamp at={updated_at} />,
    },
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

function NoClients() {
  const { t } = useTranslation('clients');
  const { user } = useSession();
  return (
    <EmptyState
      title={t('empty')}
      text={t('empty_text')}
      action={
        mayCreate(user.role) && (
          <Button variant="primary" onPress={() => creating.set({ what: 'client' })}>
            {t('new_title')}
          </Button>
        )
      }
    />
  );
}
