import { type KeyboardEvent, type MouseEvent, Suspense, useRef, useState } from 'react';
import { lazy } from '@/lib/lazy';
import { cx } from '../cx';
import { stepCell, stepRow } from './step';
import type { ListColumn } from './types';

const CellEditor = lazy(() =>
  import('./cell_editor').then(({ CellEditor }) => ({ default: CellEditor })),
) as unknown as typeof import('./cell_editor').CellEditor;

/** What does not fit its cell, whole. */
const cutText = (cell: HTMLElement) =>
  [cell, ...cell.querySelectorAll<HTMLElement>('.truncate')].find(
    ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
  )?.textContent;

interface ListCellProps<Row> {
  column: ListColumn<Row>;
  row: Row;
  /** Where a pinned cell sticks. */
  left: number | undefined;
  first: boolean;
}
export function ListCell<Row>({ column, row, left, first }: ListCellProps<Row>) {
  const { edit } = column;
  const locked = edit?.locked?.(row);
  const editable = edit !== undefined && locked === undefined;
  const [editing, setEditing] = useState<{ typed: string | undefined }>();
  const cell = useRef<HTMLTableCellElement>(null);
  const close = () => {
    setEditing(undefined);
    cell.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !edit) return;
    const row = event.currentTarget.closest('[data-row]');
    const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ';
    if (event.key === 'ArrowRight') stepCell(event.currentTarget as HTMLElement, 1);
    else if (event.key === 'ArrowLeft') stepCell(event.currentTarget as HTMLElement, -1);
    else if (event.key === 'Escape') (row as HTMLElement | null)?.focus();
    else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && row) {
      const next = stepRow(row, event.key === 'ArrowDown' ? 1 : -1);
      next?.querySelector<HTMLElement>(`[data-cell="${column.id}"]`)?.focus();
    } else if (editable && (event.key === 'Enter' || typed)) {
      setEditing({
        typed: event.key === 'Enter' || edit.kind === 'choice' ? undefined : event.key,
      });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const sayWhole = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const said = [cutText(currentTarget), locked].filter(Boolean).join('\n');
    if (said) currentTarget.title = said;
    else currentTarget.removeAttribute('title');
  };
  return (
    <td
      ref={cell}
      data-cell={edit ? column.id : undefined}
      tabIndex={edit ? -1 : undefined}
      title={locked}
      aria-description={locked}
      style={{ left }}
      onMouseEnter={sayWhole}
      onKeyDown={edit ? onKeyDown : undefined}
      onDoubleClick={editable ? () => setEditing({ typed: undefined }) : undefined}
      className={cx(
        'px-2 last:pr-5 focus-visible:-outline-offset-2',
        first && 'pl-5',
        editing ? 'relative' : 'truncate',
        column.end && 'text-right',
        left !== undefined && 'sticky z-[5] bg-inherit',
        editable && 'hover:shadow-[inset_0_0_0_1px_var(--line)]',
      )}
    >
      {editing && edit ? (
        <Suspense fallback={column.cell(row)}>
          <CellEditor
            label={column.label}
            edit={edit}
            row={row}
            typed={editing.typed}
            onClose={close}
          />
        </Suspense>
      ) : (
        column.cell(row)
      )}
    </td>
  );
}
