import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useFlash } from '@/lib/flash';
import { cx } from './cx';
import { usePhone } from './media';

export interface TableColumn<Row> {
  id: string;
  label: string;
  width?: string;
  cell: (row: Row) => ReactNode;
  /** The server's name for sorting by this column. */
  sort?: string;
  end?: boolean;
  /** The heading is for screen readers alone. */
  quietLabel?: boolean;
}
interface DataTableProps<Row> {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  total: number;
  onOpen: (row: Row) => void;
  onPeek?: (row: Row) => void;
  onEnd?: () => void;
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
  current?: string | undefined;
  phoneRow: (row: Row) => ReactNode;
}
const rowHeights: Record<string, number> = { compact: 32, normal: 38, spacious: 46 };
const phoneRowHeight = 64;

/** A real table whose rows are drawn only where one looks. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { rows, rowId, total, onEnd } = props;
  const phone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = phone
    ? phoneRowHeight
    : (rowHeights[document.documentElement.dataset.density ?? 'normal'] ?? 38);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && rows.length < total && last >= rows.length * 0.7) onEnd?.();
  }, [last, rows.length, total, onEnd]);
  const above = seen[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={props.label}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <table
        aria-label={props.label}
        aria-rowcount={total + 1}
        className="w-full table-fixed border-collapse max-md:table-auto"
      >
        <thead className={phone ? 'sr-only' : 'sticky top-0 z-10 bg-surface'}>
          <tr className="h-9 text-left text-small text-ink2 shadow-[inset_0_-1px_0_var(--line)]">
            {props.columns.map((column) => (
              <Head key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} span={props.columns.length} />
          {seen.map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <BodyRow key={rowId(row)} row={row} index={item.index} phone={phone} {...props} />
              )
            );
          })}
          <Spacer height={below} span={props.columns.length} />
        </tbody>
      </table>
    </div>
  );
}

const Spacer = ({ height, span }: { height: number; span: number }) =>
  height > 0 && (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} />
    </tr>
  );

interface HeadProps<Row> {
  column: TableColumn<Row>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
}
function Head<Row>({ column, sort, onSort }: HeadProps<Row>) {
  const up = column.sort !== undefined && sort === column.sort;
  const down = column.sort !== undefined && sort === `${column.sort} desc`;
  const next = up ? `${column.sort} desc` : down ? undefined : column.sort;
  const order = up ? 'ascending' : down ? 'descending' : 'none';
  return (
    <th
      scope="col"
      aria-sort={column.sort && onSort ? order : undefined}
      style={{ width: column.width }}
      className={cx('px-2 font-medium first:pl-5 last:pr-5', column.end && 'text-right')}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
          onClick={() => onSort(next)}
        >
          {column.label}
          <span aria-hidden className={up || down ? 'text-accent-ink' : 'opacity-0'}>
            {down ? '↓' : '↑'}
          </span>
        </button>
      ) : (
        <span className={column.quietLabel ? 'sr-only' : undefined}>{column.label}</span>
      )}
    </th>
  );
}

interface BodyRowProps<Row> extends DataTableProps<Row> {
  row: Row;
  index: number;
  phone: boolean;
}
function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { row, index, phone, rowId, columns, onOpen, onPeek, current, phoneRow } = props;
  const id = rowId(row);
  const flashing = useFlash(id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') onOpen(row);
    else if (event.key === ' ' && onPeek) onPeek(row);
    else if (event.key === 'ArrowDown' || event.code === 'KeyJ') step(event, 1);
    else if (event.key === 'ArrowUp' || event.code === 'KeyK') step(event, -1);
    else return;
    event.preventDefault();
  };
  return (
    <tr
      data-row={id}
      aria-rowindex={index + 2}
      tabIndex={index === 0 || current === id ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={(event) => !(event.target as Element).closest('a,button') && onOpen(row)}
      className={cx(
        'h-(--row) border-b border-line hover:bg-hover focus-visible:-outline-offset-2',
        current === id && 'bg-select',
        flashing && 'flash',
      )}
    >
      {phone ? (
        <td colSpan={columns.length} className="px-4 py-2">
          {phoneRow(row)}
        </td>
      ) : (
        columns.map((column) => (
          <td
            key={column.id}
            className={cx('truncate px-2 first:pl-5 last:pr-5', column.end && 'text-right')}
          >
            {column.cell(row)}
          </td>
        ))
      )}
    </tr>
  );
}

/** Moves focus to the row before or after; rows out of sight come with the scroll. */
function step(event: KeyboardEvent, by: 1 | -1) {
  const row = event.currentTarget;
  const next = by === 1 ? row.nextElementSibling : row.previousElementSibling;
  if (next instanceof HTMLElement && next.dataset.row) next.focus();
}
