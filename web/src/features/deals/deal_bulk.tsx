import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { batchDeals } from '@/lib/data/deals';
import { lazy } from '@/lib/lazy';
import { useRole } from '@/lib/session';
import { type Deal, may } from '@/lib/types';
import type { BulkOf } from '@/parts/list/types';
import { mayCreate, mayWork, rolesOf } from '@/parts/rights';
import { Clock, UserPlus, Users } from '@/ui/icons';

const asks = () => import('@/parts/list/asks');
const AskPerson = lazy(() => asks().then(({ AskPerson }) => ({ default: AskPerson })));
const AskDay = lazy(() => asks().then(({ AskDay }) => ({ default: AskDay })));

/** What can be done to many deals at once; who only reads them gets nothing to choose. */
export function useDealBulk(): BulkOf<Deal>[] {
  const { t } = useTranslation('deals');
  const role = useRole();
  const closed = (deal: Deal) => (deal.status === 'closed' ? t('bulk.skip_closed') : undefined);
  const unfit = (deal: Deal) =>
    closed(deal) ?? (may(deal, 'update') ? undefined : t('bulk.skip_rights'));
  const noTeam = (deal: Deal) => closed(deal) ?? (may(deal, 'team') ? undefined : t('bulk.team'));
  const assign = (
    id: 'lead' | 'executor',
    field: 'lead_agent_id' | 'executor_id',
  ): BulkOf<Deal> => ({
    id,
    label: t(`bulk.${id}`),
    icon: id === 'lead' ? <UserPlus /> : <Users />,
    careful: id === 'lead',
    skip: noTeam,
    ask: (asked) => (
      <Suspense>
        <AskPerson
          {...asked}
          title={t(`bulk.${id}`)}
          label={t(`bulk.${id}`)}
          roles={rolesOf[id === 'lead' ? 'lead_agent' : 'executor']}
          warning={id === 'lead' && t('bulk.lead_warning')}
        />
      </Suspense>
    ),
    run: (deals, person) =>
      batchDeals(deals.map(({ id, version }) => ({ id, version, [field]: person }))),
  });
  if (!mayWork(role)) return [];
  return [
    {
      id: 'postpone',
      label: t('bulk.postpone'),
      icon: <Clock />,
      skip: unfit,
      ask: (asked) => (
        <Suspense>
          <AskDay {...asked} title={t('bulk.postpone')} label={t('next_review_at')} />
        </Suspense>
      ),
      run: (deals, day) =>
        batchDeals(deals.map(({ id, version }) => ({ id, version, next_review_at: day }))),
    },
    ...(mayCreate(role)
      ? [assign('lead', 'lead_agent_id'), assign('executor', 'executor_id')]
      : []),
  ];
}
