import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { rowsOf, rowsQuery } from '@/lib/list/resource';
import type { ListItem } from '@/ui/list/types';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { type BodyProps, Empty } from './list_body';
import { Table } from './table';

export function FlatRows<Row extends { id: string }>(props: BodyProps<Row>) {
  const { list, state } = props;
  const rows = useInfiniteQuery({
    ...rowsQuery(list.resource, state.query),
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetchNextPageError } = rows;
  const name = list.resource.name;
  const items = useMemo(() => {
    const found = data?.pages.flatMap((page) => rowsOf<Row>(name, page)) ?? [];
    const drawn: ListItem<Row>[] = found.map((row, position) => ({ kind: 'row', row, position }));
    if (hasNextPage) {
      drawn.push({
        kind: 'more',
        group: '',
        position: drawn.length,
        failed: isFetchNextPageError,
      });
    }
    return drawn;
  }, [data, hasNextPage, isFetchNextPageError, name]);
  if (rows.error && !data) {
    return <ErrorState failure={rows.error} onRetry={() => void rows.refetch()} />;
  }
  if (!data) return <RowsSkeleton />;
  if (items.length === 0) return <Empty {...props} />;
  return (
    <Table
      {...props}
      items={items}
      total={Math.max(data.pages[0]?.total_size ?? 0, items.length)}
      onMore={() => hasNextPage && !rows.isFetchingNextPage && void rows.fetchNextPage()}
    />
  );
}
