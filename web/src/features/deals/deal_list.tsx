import { useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { dealResource, saveDeal } from '@/lib/data/deals';
import { lazy } from '@/lib/lazy';
import { useRole, useSession } from '@/lib/session';
import { type Deal, dealStatuses } from '@/lib/types';
import { creating } from '@/parts/commands';
import { DealStatusChip, Due } from '@/parts/deal_bits';
import { usePeopleOptions } from '@/parts/list/people';
import type { BuiltView, ListOf } from '@/parts/list/types';
import { mayPostpone } from '@/parts/postpone';
import { mayCreate } from '@/parts/rights';
import { Button } from '@/ui/button';
import { BoardIcon } from '@/ui/icons';
import type { FilterField } from '@/ui/list/types';
import { EmptyState } from '@/ui/states';
import { BoardView } from './board_view';
import { useDealBulk } from './deal_bulk';
import { NameLink, useDealColumns } from './deal_columns';
import { openMenu } from './use_deal_keys';

const Peek = lazy(() => import('./peek').then(({ Peek }) => ({ default: Peek })));

/** The list of deals: board and table are two drawings of its one query. */
export function useDealList(onPeek: (id: string) => void): ListOf<Deal> {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  return {
    resource: dealResource,
    title: t('title'),
    count: (count, formatted) => t('count', { count, formatted }),
    columns: useDealColumns(onPeek),
    fields: useFields(),
    views: useViews(),
    groupings: useGroupings(),
    layouts: [
      {
        id: 'board',
        label: t('board'),
        icon: <BoardIcon />,
        draw: (board) => <BoardView {...board} />,
      },
    ],
    bulk: useDealBulk(),
    search: t('search'),
    open: (deal) => void navigate({ to: '/deals/$dealId', params: { dealId: deal.id } }),
    peek: (id, onClose) => (
      <Suspense>
        <Peek id={id} onClose={onClose} />
      </Suspense>
    ),
    keys: {
      KeyS: (deal) => openMenu.set({ id: deal.id, menu: 'status' }),
      KeyH: (deal) => mayPostpone(deal) && openMenu.set({ id: deal.id, menu: 'postpone' }),
    },
    phoneRow: (deal) => <PhoneRow deal={deal} />,
    update: saveDeal,
    empty: <NoDeals />,
    emptyFiltered: t('empty_filtered'),
  };
}

function useViews(): [BuiltView, ...BuiltView[]] {
  const { t } = useTranslation('deals');
  const role = useRole();
  const view = (id: 'open' | 'mine' | 'overdue' | 'client' | 'all', f: string): BuiltView => ({
    id,
    label: t(`view.${id}`),
    f,
    sort: 'deadline_on',
    layout: 'board',
  });
  const open = view('open', 'status.not.closed');
  const mine = view('mine', 'member_id.is.me*status.not.closed');
  const rest = [
    { ...view('overdue', 'deadline_on.before.today*status.not.closed'), urgent: true },
    view('client', 'status.is.client_decision'),
    view('all', ''),
  ];
  // The head is in no team, and an admin is in few.
  if (role === 'head') return [open, ...rest];
  return role === 'admin' ? [open, mine, ...rest] : [mine, ...rest];
}

function useGroupings() {
  const { t } = useTranslation('deals');
  const people = usePeopleOptions();
  const nameOf = (id: string) => people.find((person) => person.id === id)?.label ?? '…';
  return [
    {
      id: 'status',
      label: t('status'),
      order: dealStatuses,
      valueLabel: (value: string) => t(`status_is.${value as 'draft'}`),
    },
    { id: 'lead_agent_id', label: t('lead'), valueLabel: nameOf },
  ];
}

function useFields(): FilterField[] {
  const { t } = useTranslation('deals');
  const everybody = usePeopleOptions();
  return [
    {
      id: 'status',
      label: t('filter_status'),
      kind: 'enum',
      options: dealStatuses.map((id) => ({ id, label: t(`status_is.${id}`) })),
    },
    {
      id: 'lead_agent_id',
      label: t('filter_lead'),
      kind: 'person',
      options: usePeopleOptions('agent', 'admin'),
    },
    {
      id: 'executor_id',
      label: t('filter_executor'),
      kind: 'person',
      optional: true,
      options: usePeopleOptions('agent', 'executor'),
    },
    { id: 'member_id', label: t('filter_member'), kind: 'person', options: everybody },
    { id: 'deadline_on', label: t('filter_deadline'), kind: 'date', optional: true },
    { id: 'next_review_at', label: t('next_review_at'), kind: 'date', optional: true },
    { id: 'expected_close_date', label: t('expected_close_date'), kind: 'date', optional: true },
    { id: 'title', label: t('title_field'), kind: 'text' },
    { id: 'number', label: t('number'), kind: 'text' },
    { id: 'created_at', label: t('created_at'), kind: 'instant' },
    { id: 'updated_at', label: t('updated_at'), kind: 'instant' },
  ];
}

function PhoneRow({ deal }: { deal: Deal }) {
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between gap-2">
        <NameLink deal={deal} />
        <Due day={deal.deadline?.date} />
      </div>
      <div className="flex items-center justify-between gap-2 text-small text-ink2">
        <span className="min-w-0 truncate">{deal.title}</span>
        <DealStatusChip status={deal.status} />
      </div>
    </div>
  );
}

function NoDeals() {
  const { t } = useTranslation('deals');
  const { user } = useSession();
  return (
    <EmptyState
      title={t('empty')}
      text={t('empty_text')}
      action={
        mayCreate(user.role) && (
          <Button variant="primary" onPress={() => creating.set({ what: 'deal' })}>
            {t('new_title')}
          </Button>
        )
      }
    />
  );
}
