import { Suspense, useMemo } from 'react';
import { useKeys } from '@/lib/keys';
import { lazy } from '@/lib/lazy';
import { columnsText, within } from '@/lib/list/columns';
import { keepPlace } from '@/parts/place';
import { ListTable } from '@/ui/list/list_table';
import type { ListColumn, ListItem } from '@/ui/list/types';
import type { BodyProps } from './list_body';
import { sumText } from './sums';
import { useEdits } from './use_edits';
import { useSelection } from './use_selection';

const Bulk = lazy(() =>
  import('./bulk').then(({ Bulk }) => ({ default: Bulk })),
) as unknown as typeof import('./bulk').Bulk;

interface TableProps<Row extends { id: string }> extends BodyProps<Row> {
  items: ListItem<Row>[];
  total: number;
  onMore: (group: string) => void;
  onFold?: (group: string) => void;
}
export function Table<Row extends { id: string }>(props: TableProps<Row>) {
  const { list, state, items, total, onMore, onFold } = props;
  const rows = useMemo(
    () => items.flatMap((item) => (item.kind === 'row' ? [item.row] : [])),
    [items],
  );
  const order = useMemo(() => rows.map(({ id }) => id), [rows]);
  const key = JSON.stringify([state.query, state.state.group]);
  const selection = useSelection(order, key);
  const edits = useEdits(list);
  const peeked = state.search.peek;
  const open = (row: Row) => {
    keepPlace(order);
    list.open(row);
  };
  const peek = list.peek ? (row: Row) => state.change({ peek: row.id } as never) : undefined;
  useRowKeys({
    rows,
    open,
    peek,
    peeked,
    own: list.keys ?? {},
    choose: selection.toggle,
    chooseAll: selection.toggleAll,
  });
  const resize = (id: string, width: number) =>
    state.set({
      cols: columnsText(
        state.columns.map((column) =>
          column.id === id ? { ...column, resized: within(width) } : column,
        ),
        state.pinned,
      ),
    });
  const columns: ListColumn<Row>[] = state.columns.map(({ edit, ...column }) => ({
    ...column,
    ...(edit && list.update && { edit: edits.of(edit) }),
  }));
  const summed = columns.some(({ sum }) => sum !== undefined);
  return (
    <>
      <ListTable
        label={list.title}
        columns={columns}
        items={items}
        rowId={({ id }) => id}
        total={total}
        sort={state.state.sort}
        onSort={(sort) => state.set({ sort })}
        onResize={resize}
        pinned={state.pinned}
        onOpen={open}
        onPeek={peek}
        onMore={onMore}
        current={peeked}
        phoneRow={list.phoneRow}
        selection={selection}
        place={`${list.resource.name} ${key}`}
        footer={summed ? ({ sum }) => sum && sumText(props.totals?.sums, sum) : undefined}
        {...(onFold && { onFold })}
      />
      {peeked &&
        list.peek?.(
          peeked,
          () => state.change({ peek: undefined } as never),
          rows.find(({ id }) => id === peeked),
        )}
      {edits.conflict}
      <Suspense>
        {selection.ids.size > 0 && (
          <Bulk
            list={list}
            actions={list.bulk ?? []}
            rows={rows}
            selection={selection}
            state={state}
            totals={props.totals}
          />
        )}
      </Suspense>
    </>
  );
}

interface RowKeys<Row> {
  rows: Row[];
  open: (row: Row) => void;
  peek: ((row: Row) => void) | undefined;
  peeked: string | undefined;
  own: Record<string, (row: Row) => void>;
  choose: (id: string, range: boolean) => void;
  chooseAll: () => void;
}
/** J and K walk, with the panel open too; X chooses, Shift+X everything up to here. */
function useRowKeys<Row extends { id: string }>(keys: RowKeys<Row>) {
  const { rows, open, peek, peeked, own, choose, chooseAll } = keys;
  const here = () =>
    document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row ?? peeked;
  const withRow = (act: (row: Row) => void) => () => {
    const row = rows.find(({ id }) => id === here());
    if (row) act(row);
  };
  const step = (by: 1 | -1, and?: (row: Row) => void) => () => {
    const at = rows.findIndex(({ id }) => id === here());
    const next = rows[at < 0 ? 0 : at + by];
    if (!next) return;
    document.querySelector<HTMLElement>(`[data-row="${next.id}"]`)?.focus();
    if (peeked && peek) peek(next);
    and?.(next);
  };
  const bindings = Object.entries(own).map(([key, act]) => [key, withRow(act)] as const);
  useKeys({
    ...Object.fromEntries(bindings),
    KeyJ: step(1),
    KeyK: step(-1),
    Enter: withRow(open),
    ...(peek && { Space: withRow(peek) }),
    KeyX: withRow((row) => choose(row.id, false)),
    'Shift+KeyX': withRow((row) => choose(row.id, true)),
    'Shift+ArrowDown': step(1, (row) => choose(row.id, true)),
    'Shift+ArrowUp': step(-1, (row) => choose(row.id, true)),
    'Ctrl+KeyA': chooseAll,
  });
}
