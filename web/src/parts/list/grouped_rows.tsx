import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '@/lib/dates';
import {
  countQuery,
  type ListGroupCount,
  type ListQuery,
  rowsOf,
  rowsQuery,
} from '@/lib/list/resource';
import type { ListItem } from '@/ui/list/types';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { type BodyProps, Empty } from './list_body';
import { sumText } from './sums';
import { Table } from './table';
import type { Grouping, ListOf } from './types';

interface Part<Row> {
  rows: Row[];
  more: boolean;
  failed: boolean;
  next: () => void;
}

/** The heads come in one call; the rows of a group when its head comes into sight. */
export function GroupedRows<Row extends { id: string }>(props: BodyProps<Row>) {
  const { list, state } = props;
  const { t } = useTranslation('list');
  const grouping = list.groupings?.find(({ id }) => id === state.state.group) as Grouping;
  const heads = useQuery({
    ...countQuery(list.resource, {
      filter: state.query.filter,
      q: state.query.q,
      group_by: groupBy(grouping),
    }),
    placeholderData: keepPreviousData,
  });
  const key = JSON.stringify([state.query, grouping.id]);
  const [wanted, setWanted] = useState<{ key: string; groups: string[] }>({ key, groups: [] });
  const asked = wanted.key === key ? wanted.groups : [];
  const [parts, setParts] = useState<Record<string, Part<Row>>>({});
  const report = useCallback(
    (group: string, part: Part<Row>) => setParts((known) => ({ ...known, [group]: part })),
    [],
  );
  if (heads.error && !heads.data) {
    return <ErrorState failure={heads.error} onRetry={() => void heads.refetch()} />;
  }
  if (!heads.data) return <RowsSkeleton />;
  const groups = inOrder(heads.data.groups ?? [], grouping);
  if (groups.length === 0) return <Empty {...props} />;
  const folded = new Set((state.search.fold ?? '').split('~').filter(Boolean));
  const items: ListItem<Row>[] = [];
  let position = 0;
  for (const { value = '', count = 0, sums } of groups) {
    const closed = folded.has(value || 'none');
    const note = sumColumns(list)
      .map(({ label, sum }) => {
        const text = sumText(sums, sum);
        return text && t('sum_note', { column: label, text });
      })
      .filter(Boolean)
      .join(' · ');
    const label = value ? labelOf(grouping, value) : t('group_empty');
    items.push({ kind: 'group', group: { value, label, count, note, folded: closed }, position });
    position += 1;
    if (closed) continue;
    const part = asked.includes(value) ? parts[key + value] : undefined;
    for (const row of part?.rows ?? []) {
      items.push({ kind: 'row', row, position });
      position += 1;
    }
    if (!part || part.more) {
      items.push({ kind: 'more', group: value, position, failed: part?.failed ?? false });
    }
  }
  const fold = (value: string) => {
    const name = value || 'none';
    if (!folded.delete(name)) folded.add(name);
    state.change({ fold: [...folded].join('~') || undefined } as never);
  };
  return (
    <>
      {asked.map((group) => (
        <GroupLoader
          key={key + group}
          list={list}
          query={{ ...state.query, filter: within(state.query.filter, grouping, group) }}
          name={key + group}
          report={report}
        />
      ))}
      <Table
        {...props}
        items={items}
        total={position}
        onFold={fold}
        onMore={(group) => {
          if (!asked.includes(group)) setWanted({ key, groups: [...asked, group] });
          else parts[key + group]?.next();
        }}
      />
    </>
  );
}

const groupBy = ({ id, month }: Grouping) => (month ? `${id}.month` : id);
const sumColumns = <Row extends { id: string }>(list: ListOf<Row>) =>
  list.columns.flatMap(({ label, sum }) => (sum ? [{ label, sum }] : []));

/** Months in the order of time, statuses in theirs, the group of none last. */
function inOrder(groups: ListGroupCount[], { month, order }: Grouping) {
  const there = groups.filter(({ value }) => value);
  const none = groups.filter(({ value }) => !value);
  const place = (value = '') => (order?.includes(value) ? order.indexOf(value) : Infinity);
  if (month) there.sort((one, other) => ((one.value ?? '') < (other.value ?? '') ? -1 : 1));
  else if (order) there.sort((one, other) => place(one.value) - place(other.value) || 0);
  return [...there, ...none];
}

function labelOf(grouping: Grouping, value: string) {
  return grouping.valueLabel ? grouping.valueLabel(value) : value;
}

/** The filter of one group's rows. */
export function within(filter: string | undefined, { id, month }: Grouping, value: string) {
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const own = !value
    ? `NOT ${id}:*`
    : month
      ? `${id} >= "${value}-01" AND ${id} < "${nextMonth(value)}"`
      : `${id} = ${quoted(value)}`;
  return [filter, own].filter(Boolean).join(' AND ');
}
const nextMonth = (month: string) => `${addDays(`${month}-01`, 31).slice(0, 7)}-01`;

interface GroupLoaderProps<Row extends { id: string }> {
  list: ListOf<Row>;
  query: ListQuery;
  name: string;
  report: (group: string, part: Part<Row>) => void;
}
/** Holds the pages of one group; it draws nothing itself. */
function GroupLoader<Row extends { id: string }>(props: GroupLoaderProps<Row>) {
  const { list, query, name, report } = props;
  const { data, hasNextPage, isFetchingNextPage, isError, fetchNextPage } = useInfiniteQuery(
    rowsQuery(list.resource, query),
  );
  useEffect(() => {
    if (!data && !isError) return;
    report(name, {
      rows: data?.pages.flatMap((page) => rowsOf<Row>(list.resource.name, page)) ?? [],
      more: hasNextPage || !data,
      failed: isError,
      next: () => !isFetchingNextPage && void fetchNextPage(),
    });
  }, [data, hasNextPage, isFetchingNextPage, isError, fetchNextPage, name, report, list.resource]);
  return null;
}
