import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientQuery, useArchiveClient } from '@/lib/data/clients';
import { useKeys } from '@/lib/keys';
import { lazy } from '@/lib/lazy';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { type Client, may } from '@/lib/types';
import { creating } from '@/parts/commands';
import { usePageTitle } from '@/parts/page';
import { mayCreate, mayWork } from '@/parts/rights';
import { Button, IconButton } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { Archive, ChevronLeft, More, Pencil, Plus } from '@/ui/icons';
import { Menu } from '@/ui/menu';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { ClientDeals } from './client_deals';
import { ClientOverview } from './client_overview';
import { ClientPolicies } from './client_policies';
import { type ClientSearch, type ClientTab, clientTabs } from './search';
import { clientTones } from './tones';

const RecordHistory = lazy(() =>
  import('@/parts/history').then(({ RecordHistory }) => ({ default: RecordHistory })),
);
const EditClient = lazy(() =>
  import('./edit_client').then(({ EditClient }) => ({ default: EditClient })),
);
const ArchiveClient = lazy(() =>
  import('./archive_client').then(({ ArchiveClient }) => ({ default: ArchiveClient })),
);

export function ClientPage() {
  const { clientId } = useParams({ strict: false }) as { clientId: string };
  const { data: client, error, refetch } = useQuery(clientQuery(clientId));
  if (error && !client) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!client) return <RowsSkeleton />;
  return <Card key={client.id} client={client} />;
}

function Card({ client }: { client: Client }) {
  const { t } = useTranslation(['clients', 'common']);
  const { tab = 'overview' } = useSearch({ strict: false }) as ClientSearch;
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const open = (next: ClientTab) => () =>
    void navigate({
      to: '/clients/$clientId',
      params: { clientId: client.id },
      search: { tab: next },
      replace: true,
    });
  useKeys({
    KeyE: () => setEditing(true),
    Digit1: open('overview'),
    Digit2: open('deals'),
    Digit3: open('policies'),
    Digit4: open('history'),
  });
  const counts: Partial<Record<ClientTab, number>> = {
    deals: client.deal_count ?? 0,
    policies: client.policies_in_force ?? 0,
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Head client={client} onEdit={() => setEditing(true)} />
      <Tabs
        label={t('common:tabs')}
        items={clientTabs.map((id) => ({
          id,
          label: t(`clients:tab.${id}`),
          count: counts[id],
          current: id === tab,
          link: { to: '/clients/$clientId', params: { clientId: client.id }, search: { tab: id } },
        }))}
      />
      <section
        aria-label={t(`clients:tab.${tab}`)}
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto focus-visible:-outline-offset-2"
      >
        {tab === 'overview' && <ClientOverview client={client} />}
        {tab === 'deals' && <ClientDeals client={client} />}
        {tab === 'policies' && <ClientPolicies client={client} />}
        {tab === 'history' && (
          <div className="p-5">
            <Suspense fallback={<RowsSkeleton />}>
              <RecordHistory entityType="client" id={client.id} />
            </Suspense>
          </div>
        )}
      </section>
      <Suspense>
        {editing && <EditClient client={client} onClose={() => setEditing(false)} />}
      </Suspense>
    </div>
  );
}

function Head({ client, onEdit }: { client: Client; onEdit: () => void }) {
  const { t } = useTranslation(['clients', 'common']);
  const { user } = useSession();
  const heading = usePageTitle(client.short_name || client.full_name);
  const [archiving, setArchiving] = useState(false);
  const archive = useArchiveClient();
  const editable = mayWork(user.role) && may(client, 'update');
  const restore = () =>
    archive.mutate(
      { id: client.id, version: client.version, archived: false },
      { onSuccess: () => toast(t('clients:restored_done')), onError: toastFailure },
    );
  return (
    <header className="px-5 pt-3 pb-3 max-md:px-4">
      <Link
        to="/clients"
        className="inline-flex min-h-6 items-center gap-1 text-small text-ink2 hover:text-ink"
      >
        <ChevronLeft />
        {t('clients:title')}
      </Link>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 ref={heading} tabIndex={-1} className="text-record">
          {client.full_name}
        </h1>
        <Chip tone={clientTones[client.status]}>{t(`clients:status_is.${client.status}`)}</Chip>
        {client.archived && <Chip tone="idle">{t('clients:archived')}</Chip>}
        <span className="flex-1" />
        {mayCreate(user.role) && !client.archived && (
          <Button
            variant="primary"
            icon={<Plus />}
            onPress={() =>
              creating.set({
                what: 'deal',
                client: { id: client.id, name: client.short_name || client.full_name },
              })
            }
          >
            {t('clients:new_deal')}
          </Button>
        )}
        {editable && (
          <>
            <Button icon={<Pencil />} onPress={onEdit}>
              {t('common:edit')}
            </Button>
            <Menu
              label={t('common:more')}
              trigger={
                <IconButton label={t('common:more')}>
                  <More />
                </IconButton>
              }
              actions={[
                client.archived
                  ? { id: 'restore', label: t('clients:restore'), run: restore }
                  : {
                      id: 'archive',
                      label: t('clients:archive'),
                      icon: <Archive />,
                      run: () => setArchiving(true),
                    },
              ]}
            />
          </>
        )}
      </div>
      <Suspense>
        {archiving && <ArchiveClient client={client} onClose={() => setArchiving(false)} />}
      </Suspense>
    </header>
  );
}
