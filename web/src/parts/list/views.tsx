import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { countQuery } from '@/lib/list/resource';
import { isChanged } from '@/lib/list/state';
import { useNumber } from '@/parts/deal_bits';
import { Tabs } from '@/ui/tabs';
import type { ListOf } from './types';
import type { ListState, ViewOf } from './use_list';
import { ViewActions } from './view_actions';

interface ViewsProps<Row extends { id: string }> {
  list: ListOf<Row>;
  state: ListState<Row>;
}
/** Saved views as tabs with live counts; a changed one shows a dot. */
export function Views<Row extends { id: string }>({ list, state }: ViewsProps<Row>) {
  const { t } = useTranslation('list');
  return (
    <Tabs
      label={t('views')}
      end={<ViewActions list={list} state={state} />}
      items={state.views.map((view) => ({
        id: view.id,
        label: (
          <>
            {view.label}
            {view.id === state.view.id && isChanged(view, state.search) && (
              <span className="text-accent-ink" title={t('changed')}>
                <span aria-hidden>•</span>
                <span className="sr-only">{t('changed')}</span>
              </span>
            )}
          </>
        ),
        count: <ViewCount list={list} state={state} view={view} />,
        current: view.id === state.view.id,
        // A built-in view has no opinion on board or table: that choice stays.
        link: {
          to: '.',
          search: { view: view.id, ...(!view.saved && { layout: state.search.layout }) } as never,
        },
      }))}
    />
  );
}

function ViewCount<Row extends { id: string }>({
  list,
  state,
  view,
}: ViewsProps<Row> & { view: ViewOf }) {
  const number = useNumber();
  const filter = state.compiled(view.f) || undefined;
  const { data } = useQuery(countQuery(list.resource, { filter, group_by: list.sums?.by }));
  if (data?.total_size === undefined) return null;
  const size = data.total_size;
  return (
    <span className={view.urgent && size > 0 ? 'font-medium text-bad' : undefined}>
      {number(size)}
    </span>
  );
}
