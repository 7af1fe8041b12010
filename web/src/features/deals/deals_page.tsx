import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dealCountQuery } from '@/lib/data/deals';
import { useKeys } from '@/lib/keys';
import { useSession } from '@/lib/session';
import { creating } from '@/parts/commands';
import { useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { PostponeDialog } from '@/parts/postpone';
import { mayCreate } from '@/parts/rights';
import { TransitionDialog } from '@/parts/transition';
import { Button } from '@/ui/button';
import { focusSearch } from '@/ui/filter_bar';
import { BoardIcon, Plus, TableIcon } from '@/ui/icons';
import { usePhone } from '@/ui/media';
import { Segmented } from '@/ui/segmented';
import { RowsSkeleton } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { BoardView } from './board_view';
import { DealFilters } from './deal_filters';
import { type DealsSearch, viewNames } from './search';
import { dealsQuery, viewFilter } from './views';

const Peek = lazy(() => import('./peek').then(({ Peek }) => ({ default: Peek })));
const TableView = lazy(() =>
  import('./table_view').then(({ TableView }) => ({ default: TableView })),
);

export type Change = (change: Partial<Record<keyof DealsSearch, string | undefined>>) => void;

export function DealsPage() {
  const { t } = useTranslation(['deals', 'common']);
  const search = useSearch({ strict: false }) as DealsSearch;
  const navigate = useNavigate();
  const { user, today } = useSession();
  const [filtering, setFiltering] = useState(false);
  const number = useNumber();
  const phone = usePhone();
  const around = { me: user.id, today };
  const query = dealsQuery(search, around);
  const total = useQuery(dealCountQuery(query.filter)).data;
  const layout = search.layout ?? 'board';
  const change: Change = useCallback(
    (next) =>
      void navigate({
        to: '/deals',
        search: (known) => ({ ...known, ...next }) as DealsSearch,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const setLayout = (value: 'board' | 'table') => change({ layout: value });
  useKeys({
    KeyF: () => setFiltering(true),
    KeyV: () => setLayout(layout === 'board' ? 'table' : 'board'),
    Slash: focusSearch,
  });
  const count = total && t('deals:count', { count: total.size, formatted: number(total.size) });
  return (
    <>
      <PageHead
        title={t('deals:title')}
        note={total?.estimated ? t('deals:estimated', { formatted: count }) : count}
        actions={
          <>
            <Segmented
              label={t('deals:layout')}
              hideLabel
              value={layout}
              onChange={setLayout}
              options={[
                { value: 'board', label: t('deals:board'), icon: <BoardIcon /> },
                { value: 'table', label: t('deals:table'), icon: <TableIcon /> },
              ]}
            />
            {mayCreate(user.role) && !phone && (
              <Button
                variant="primary"
                icon={<Plus />}
                onPress={() => creating.set({ what: 'deal' })}
              >
                {t('deals:new')}
              </Button>
            )}
          </>
        }
      />
      <ViewTabs search={search} />
      <DealFilters search={search} change={change} isOpen={filtering} onOpenChange={setFiltering} />
      {layout === 'board' ? (
        <BoardView query={query} search={search} change={change} />
      ) : (
        <Suspense fallback={<RowsSkeleton />}>
          <TableView query={query} search={search} change={change} />
        </Suspense>
      )}
      <Suspense>
        {search.peek && <Peek id={search.peek} onClose={() => change({ peek: undefined })} />}
      </Suspense>
      <TransitionDialog />
      <PostponeDialog />
    </>
  );
}

function ViewTabs({ search }: { search: DealsSearch }) {
  const { t } = useTranslation('deals');
  return (
    <Tabs
      label={t('views')}
      items={viewNames.map((view) => ({
        id: view,
        label: t(`view.${view}`),
        count: <ViewCount view={view} />,
        current: (search.view ?? 'mine') === view,
        link: { to: '/deals', search: { ...search, view, peek: undefined } as never },
      }))}
    />
  );
}

function ViewCount({ view }: { view: (typeof viewNames)[number] }) {
  const { user, today } = useSession();
  const number = useNumber();
  const { data } = useQuery(dealCountQuery(viewFilter(view, { me: user.id, today }) || undefined));
  if (!data) return null;
  return (
    <span className={view === 'overdue' && data.size > 0 ? 'font-medium text-bad' : undefined}>
      {number(data.size)}
    </span>
  );
}
