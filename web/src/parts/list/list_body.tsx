import { usePrefetchInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '@/lib/lazy';
import { type ListReply, rowsQuery } from '@/lib/list/resource';
import { Button } from '@/ui/button';
import { EmptyState, RowsSkeleton } from '@/ui/states';
import type { LayoutOf, ListOf } from './types';
import type { ListState } from './use_list';

const FlatRows = lazy(() =>
  import('./flat_rows').then(({ FlatRows }) => ({ default: FlatRows })),
) as unknown as typeof import('./flat_rows').FlatRows;
const GroupedRows = lazy(() =>
  import('./grouped_rows').then(({ GroupedRows }) => ({ default: GroupedRows })),
) as unknown as typeof import('./grouped_rows').GroupedRows;

export interface BodyProps<Row extends { id: string }> {
  list: ListOf<Row>;
  state: ListState<Row>;
  totals: ListReply | undefined;
}
/** The rows under the filters, drawn as the view says. */
export function ListBody<Row extends { id: string }>(
  props: BodyProps<Row> & { layout: LayoutOf | undefined },
) {
  const { list, state, layout } = props;
  const peek = state.search.peek;
  const { filter, go } = state;
  const onPeek = (id: string | undefined) => state.change({ peek: id } as never);
  return (
    <>
      {layout ? (
        <Suspense fallback={<RowsSkeleton />}>
          {layout.draw({
            query: state.query,
            peek,
            onPeek,
            empty: <Empty {...props} />,
            filter,
            go,
            month: state.search.month,
            onMonth: (month) => state.change({ month }),
          })}
        </Suspense>
      ) : (
        <Rows {...props} />
      )}
      <Suspense>{layout && peek && list.peek?.(peek, () => onPeek(undefined), undefined)}</Suspense>
    </>
  );
}

/** The table's code and its first rows are on their way together. */
function Rows<Row extends { id: string }>(props: BodyProps<Row>) {
  const { list, state } = props;
  const grouped = list.groupings?.some(({ id }) => id === state.state.group);
  usePrefetchInfiniteQuery(rowsQuery(list.resource, state.query));
  return (
    <Suspense fallback={<RowsSkeleton />}>
      {grouped ? <GroupedRows {...props} /> : <FlatRows {...props} />}
    </Suspense>
  );
}

/** Nothing at all, or nothing through this filter: then the last condition can be dropped. */
export function Empty<Row extends { id: string }>({ list, state }: BodyProps<Row>): ReactNode {
  const { t } = useTranslation(['list', 'common']);
  const { filter, search, view, views } = state;
  if (!state.narrowed) return list.empty;
  const elsewhere = view.id !== views.at(0)?.id || !view.f || search.f !== undefined || search.q;
  if (!elsewhere) return list.empty;
  const dropLast = () =>
    search.q ? state.change({ q: undefined } as never) : state.setFilter(filter.slice(0, -1));
  return (
    <EmptyState
      title={list.emptyFiltered}
      action={
        <>
          <Button onPress={dropLast}>{t('list:drop_last')}</Button>
          {filter.length + (search.q ? 1 : 0) > 1 && (
            <Button variant="quiet" onPress={() => state.change({ q: undefined, f: '' } as never)}>
              {t('common:filter_clear')}
            </Button>
          )}
        </>
      }
    />
  );
}
