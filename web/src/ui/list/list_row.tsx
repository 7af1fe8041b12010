import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFlash } from '@/lib/flash';
import { cx } from '../cx';
import { ListCell } from './list_cell';
import { type ListTableProps, selectWidth } from './list_table';
import { SelectBox } from './select_box';
import { stepCell, stepRow } from './step';

interface ListRowProps<Row> {
  id: string;
  row: Row;
  position: number;
  isFirst: boolean;
  phone: boolean;
  selectable: boolean;
  table: ListTableProps<Row>;
}
const doubleClickMs = 220;

export function ListRow<Row>(props: ListRowProps<Row>) {
  const { id, row, position, isFirst, phone, selectable, table } = props;
  const { columns, onOpen, onPeek, current, selection, pinned } = table;
  const { t } = useTranslation('list');
  const flashing = useFlash(id);
  const opening = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chosen = selection?.ids.has(id) ?? false;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') onOpen(row);
    else if (event.key === ' ' && onPeek) onPeek(row);
    else if (event.key === 'ArrowDown' && !event.shiftKey) stepRow(event.currentTarget, 1);
    else if (event.key === 'ArrowUp' && !event.shiftKey) stepRow(event.currentTarget, -1);
    else if (event.key === 'ArrowRight') stepCell(event.currentTarget, 1);
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    clearTimeout(opening.current);
    if (target.closest('a,button,input,label,[data-editing]')) return;
    if (event.shiftKey && selection) return selection.toggle(id, true);
    // A cell that can be edited waits for the second click.
    if (!target.closest('[data-cell]')) return onOpen(row);
    opening.current = setTimeout(() => onOpen(row), doubleClickMs);
  };
  return (
    <tr
      data-row={id}
      aria-rowindex={position + 2}
      tabIndex={isFirst || current === id ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={() => clearTimeout(opening.current)}
      className={cx(
        'group/row h-(--row) border-b border-line focus-visible:-outline-offset-2',
        chosen || current === id ? 'bg-select' : 'bg-surface hover:bg-hover',
        flashing && 'flash',
      )}
    >
      {selectable && selection && (
        <td
          style={{ width: selectWidth }}
          className={cx('pl-3', pinned && 'sticky left-0 z-[5] bg-inherit')}
        >
          <SelectBox
            label={t('select_row')}
            state={chosen ? 'all' : 'none'}
            onToggle={(range) => selection.toggle(id, range)}
          />
        </td>
      )}
      {phone ? (
        <td colSpan={columns.length} className="px-4 py-2">
          {table.phoneRow(row)}
        </td>
      ) : (
        columns.map((column, at) => (
          <ListCell
            key={column.id}
            column={column}
            row={row}
            left={pinned && at === 0 ? (selectable ? selectWidth : 0) : undefined}
            first={at === 0 && !selectable}
          />
        ))
      )}
    </tr>
  );
}
