import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dealQuery } from '@/lib/data/deals';
import { useKeys } from '@/lib/keys';
import { lazy } from '@/lib/lazy';
import { useStore } from '@/lib/store';
import type { Deal } from '@/lib/types';
import { neighbours, place } from '@/parts/place';
import { mayPostpone, PostponeDialog, postponeTo } from '@/parts/postpone';
import { TransitionDialog } from '@/parts/transition';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { DealHead } from './deal_head';
import { DealSummary } from './deal_summary';
import { Journal } from './journal';
import { NextMove } from './next_move';
import { type DealSearch, type DealTab, dealTabs } from './search';

const EditDeal = lazy(() => import('./edit_deal').then(({ EditDeal }) => ({ default: EditDeal })));
const DealTasks = lazy(() =>
  import('./deal_tasks').then(({ DealTasks }) => ({ default: DealTasks })),
);
const CalculationsTab = lazy(() =>
  import('./calculations/calculations_tab').then(({ CalculationsTab }) => ({
    default: CalculationsTab,
  })),
);
const PoliciesTab = lazy(() =>
  import('./policies/policies_tab').then(({ PoliciesTab }) => ({ default: PoliciesTab })),
);
const Objects = lazy(() => import('./objects').then(({ Objects }) => ({ default: Objects })));
const DealPayments = lazy(() =>
  import('./payments/deal_payments').then(({ DealPayments }) => ({ default: DealPayments })),
);
const Team = lazy(() => import('./team').then(({ Team }) => ({ default: Team })));
const RecordHistory = lazy(() =>
  import('@/parts/history').then(({ RecordHistory }) => ({ default: RecordHistory })),
);

export function DealPage() {
  const { dealId } = useParams({ strict: false }) as { dealId: string };
  const { data: deal, error, refetch } = useQuery(dealQuery(dealId));
  if (error && !deal) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!deal) return <RowsSkeleton />;
  return <Card key={deal.id} deal={deal} />;
}

function Card({ deal }: { deal: Deal }) {
  const { tab = 'journal' } = useSearch({ strict: false }) as DealSearch;
  const [editing, setEditing] = useState(false);
  useCardKeys(deal, () => setEditing(true));
  return (
    <div className="flex min-h-0 flex-1 flex-col max-md:overflow-y-auto">
      <DealHead deal={deal} onEdit={() => setEditing(true)} />
      <div className="flex min-h-0 flex-1 border-t border-line max-md:flex-none max-md:flex-col">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col max-md:flex-none">
          <NextMove deal={deal} />
          <DealTabs deal={deal} tab={tab} />
          <TabBody deal={deal} tab={tab} />
        </div>
        <DealSummary deal={deal} />
      </div>
      <Suspense>{editing && <EditDeal deal={deal} onClose={() => setEditing(false)} />}</Suspense>
      <TransitionDialog />
      <PostponeDialog />
    </div>
  );
}

function TabBody({ deal, tab }: { deal: Deal; tab: DealTab }) {
  const { t } = useTranslation('deals');
  return (
    <section
      aria-label={t(`tab.${tab}`)}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-5 py-4 focus-visible:-outline-offset-2 max-md:min-h-[70dvh] max-md:flex-none max-md:px-4"
    >
      <Suspense fallback={<RowsSkeleton />}>
        {tab === 'journal' && <Journal deal={deal} />}
        {tab === 'calculations' && <CalculationsTab deal={deal} />}
        {tab === 'policies' && <PoliciesTab deal={deal} />}
        {tab === 'tasks' && <DealTasks deal={deal} />}
        {tab === 'payments' && <DealPayments deal={deal} />}
        {tab === 'history' && <RecordHistory entityType="deal" id={deal.id} />}
        {tab === 'objects' && <Objects deal={deal} />}
        {tab === 'team' && <Team deal={deal} />}
      </Suspense>
    </section>
  );
}

function DealTabs({ deal, tab }: { deal: Deal; tab: DealTab }) {
  const { t } = useTranslation(['deals', 'common']);
  const counts: Partial<Record<DealTab, number>> = {
    calculations: deal.calculation_count ?? 0,
    policies: deal.policy_count ?? 0,
    objects: deal.objects?.length ?? 0,
    team: deal.members?.length ?? 0,
  };
  return (
    <Tabs
      label={t('common:tabs')}
      items={dealTabs.map((id) => ({
        id,
        label: t(`deals:tab.${id}`),
        count: counts[id],
        current: id === tab,
        link: { to: '/deals/$dealId', params: { dealId: deal.id }, search: { tab: id } },
      }))}
    />
  );
}

function useCardKeys(deal: Deal, edit: () => void) {
  const navigate = useNavigate();
  const near = neighbours(useStore(place), deal.id);
  const go = (dealId: string | undefined) => {
    if (dealId) void navigate({ to: '/deals/$dealId', params: { dealId } });
  };
  const open = (tab: DealTab) => () =>
    void navigate({
      to: '/deals/$dealId',
      params: { dealId: deal.id },
      search: { tab },
      replace: true,
    });
  useKeys({
    KeyE: edit,
    KeyH: () => mayPostpone(deal) && postponeTo(deal),
    KeyN: () => {
      open('journal')();
      requestAnimationFrame(() =>
        document.querySelector<HTMLTextAreaElement>('[data-composer]')?.focus(),
      );
    },
    ...Object.fromEntries(dealTabs.map((tab, index) => [`Digit${index + 1}`, open(tab)])),
    'Alt+ArrowLeft': () => go(near?.before),
    'Alt+ArrowRight': () => go(near?.after),
  });
}
