import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { batchClients } from '@/lib/data/clients';
import { lazy } from '@/lib/lazy';
import { useRole } from '@/lib/session';
import { type Client, may } from '@/lib/types';
import type { BulkOf } from '@/parts/list/types';
import { mayWork } from '@/parts/rights';
import { Archive, UserPlus } from '@/ui/icons';

const AskPerson = lazy(() =>
  import('@/parts/list/asks').then(({ AskPerson }) => ({ default: AskPerson })),
);

/** What can be done to many clients at once; who only reads them gets nothing to choose. */
export function useClientBulk(): BulkOf<Client>[] {
  const { t } = useTranslation('clients');
  const role = useRole();
  const unfit = (client: Client, archived: boolean) => {
    if (client.archived && !archived) return t('bulk.skip_archived');
    if (!client.archived && archived) return t('bulk.skip_not_archived');
    const action = archived ? 'restore' : 'archive';
    return may(client, action) ? undefined : t('bulk.skip_rights');
  };
  const toArchive = (archived: boolean): BulkOf<Client> => ({
    id: archived ? 'archive' : 'restore',
    label: archived ? t('bulk.archive') : t('bulk.restore'),
    icon: <Archive />,
    careful: archived,
    skip: (client) => unfit(client, !archived),
    run: (clients) => batchClients(clients.map(({ id, version }) => ({ id, version, archived }))),
  });
  if (!mayWork(role)) return [];
  return [
    toArchive(true),
    toArchive(false),
    ...(role === 'admin'
      ? [
          {
            id: 'owner',
            label: t('bulk.owner'),
            icon: <UserPlus />,
            skip: (client: Client) => (client.archived ? t('bulk.skip_archived') : undefined),
            ask: (asked) => (
              <Suspense>
                <AskPerson
                  {...asked}
                  title={t('bulk.owner')}
                  label={t('owner')}
                  roles={['agent', 'admin']}
                />
              </Suspense>
            ),
            run: (clients, owner_id) =>
              batchClients(clients.map(({ id, version }) => ({ id, version, owner_id }))),
          } satisfies BulkOf<Client>,
        ]
      : []),
  ];
}
