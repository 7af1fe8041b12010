import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../cx';
import { type ListTableProps, selectWidth, widthOf } from './list_table';
import { SelectBox } from './select_box';
import type { ListColumn } from './types';

interface ListHeadProps<Row> extends ListTableProps<Row> {
  phone: boolean;
  selectable: boolean;
}
export function ListHead<Row>(props: ListHeadProps<Row>) {
  const { columns, phone, selectable, selection, pinned } = props;
  const { t } = useTranslation('list');
  return (
    <thead className={phone ? 'sr-only' : 'sticky top-0 z-20 bg-surface'}>
      <tr className="h-9 bg-surface text-left text-small text-ink2 shadow-[inset_0_-1px_0_var(--line)]">
        {selectable && selection && (
          <th
            scope="col"
            style={{ width: selectWidth }}
            className={cx('pl-3', pinned && 'sticky left-0 z-10 bg-inherit')}
          >
            <SelectBox
              label={t('select_all')}
              state={selection.state}
              onToggle={selection.toggleAll}
            />
          </th>
        )}
        {columns.map((column, at) => (
          <Head
            key={column.id}
            column={column}
            sort={props.sort}
            onSort={props.onSort}
            onResize={props.onResize}
            left={pinned && at === 0 ? (selectable ? selectWidth : 0) : undefined}
            first={at === 0 && !selectable}
          />
        ))}
      </tr>
    </thead>
  );
}

interface HeadProps<Row> {
  column: ListColumn<Row>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
  onResize: ((id: string, width: number) => void) | undefined;
  left: number | undefined;
  first: boolean;
}
function Head<Row>({ column, sort, onSort, onResize, left, first }: HeadProps<Row>) {
  const { t } = useTranslation('list');
  const up = column.sort !== undefined && sort === column.sort;
  const down = column.sort !== undefined && sort === `${column.sort} desc`;
  const order = up ? 'ascending' : down ? 'descending' : 'none';
  const pick = () => onSort?.(up ? `${column.sort} desc` : (column.sort ?? ''));
  return (
    <th
      scope="col"
      aria-sort={column.sort && onSort ? order : undefined}
      style={{ width: widthOf(column), left }}
      className={cx(
        'group/head relative px-2 font-medium last:pr-5',
        first && 'pl-5',
        column.end && 'text-right',
        left !== undefined && 'sticky z-10 bg-inherit',
      )}
    >
      {column.sort && onSort ? (
        <button
          type="button"
          className={cx(
            'inline-flex min-h-6 max-w-full items-center gap-1 hover:text-ink',
            column.end && 'flex-row-reverse',
          )}
          title={column.label}
          onClick={pick}
        >
          <span className="truncate">{column.label}</span>
          <span
            aria-hidden
            className={cx('shrink-0', up || down ? 'text-accent-ink' : 'opacity-0')}
          >
            {down ? '↓' : '↑'}
          </span>
        </button>
      ) : (
        <span
          className={column.quietLabel ? 'sr-only' : 'block truncate'}
          title={column.quietLabel ? undefined : column.label}
        >
          {column.label}
        </span>
      )}
      {onResize && !column.quietLabel && (
        <Grip label={t('resize', { column: column.label })} column={column} onResize={onResize} />
      )}
    </th>
  );
}

interface GripProps<Row> {
  label: string;
  column: ListColumn<Row>;
  onResize: (id: string, width: number) => void;
}
/** Widths change by dragging; without a mouse, in the choice of columns. */
function Grip<Row>({ label, column, onResize }: GripProps<Row>) {
  const start = useRef<{ x: number; width: number }>(undefined);
  const cell = (target: Element) => target.closest('th')?.getBoundingClientRect().width ?? 0;
  const onPointerDown = (event: PointerEvent) => {
    start.current = { x: event.clientX, width: cell(event.currentTarget) };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) onResize(column.id, start.current.width + event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    onResize(column.id, cell(event.currentTarget) + (event.key === 'ArrowLeft' ? -16 : 16));
  };
  return (
    <div
      role="slider"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={widthOf(column) ?? 0}
      tabIndex={-1}
      title={label}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onKeyDown={onKeyDown}
      className="absolute inset-y-0 right-0 w-2 cursor-col-resize touch-none border-r border-transparent group-hover/head:border-line hover:border-accent"
    />
  );
}
