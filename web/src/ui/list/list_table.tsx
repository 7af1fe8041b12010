import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../button';
import { usePhone } from '../media';
import { Bone } from '../states';
import { GroupRow } from './group_row';
import { ListHead } from './list_head';
import { ListRow } from './list_row';
import type { ListColumn, ListItem, Selection } from './types';

export interface ListTableProps<Row> {
  label: string;
  columns: ListColumn<Row>[];
  items: ListItem<Row>[];
  rowId: (row: Row) => string;
  /** Rows of the whole list, for screen readers. */
  total: number;
  onOpen: (row: Row) => void;
  onPeek?: ((row: Row) => void) | undefined;
  /** More is wanted: of a group, or of the list when it has none. */
  onMore: (group: string) => void;
  sort?: string | undefined;
  onSort?: ((sort: string) => void) | undefined;
  onResize?: ((id: string, width: number) => void) | undefined;
  onFold?: (group: string) => void;
  pinned?: boolean;
  current?: string | undefined;
  phoneRow: (row: Row) => ReactNode;
  selection?: Selection | undefined;
  /** What stands under a column, over the whole filter. */
  footer?: ((column: ListColumn<Row>) => ReactNode) | undefined;
  /** Lists of the same name come back to where they were scrolled to. */
  place: string;
}
const rowHeights: Record<string, number> = { compact: 32, normal: 38, spacious: 46 };
const phoneRowHeight = 64;
const growing = 160;
export const selectWidth = 40;
const places = new Map<string, number>();

/** A real table whose rows are drawn only where one looks. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { columns, items, total, onMore, place } = props;
  const phone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const density = document.documentElement.dataset.density ?? 'normal';
  const rowHeight = phone ? phoneRowHeight : (rowHeights[density] ?? 38);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: () => places.get(place) ?? 0,
  });
  usePlace(scroller, place);
  const seen = virtual.getVirtualItems();
  useLoadAhead(items, seen[0]?.index ?? 0, seen.at(-1)?.index ?? 0, onMore);
  const above = seen[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0);
  const selectable = props.selection !== undefined && !phone;
  const span = columns.length + (selectable ? 1 : 0);
  const width = columns.reduce((sum, column) => sum + (widthOf(column) ?? growing), 0);
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
        style={phone ? undefined : { minWidth: width + (selectable ? selectWidth : 0) }}
        className="w-full table-fixed border-collapse"
      >
        <ListHead {...props} phone={phone} selectable={selectable} />
        <tbody>
          <Spacer height={above} span={span} />
          {seen.map((virtualRow) => {
            const item = items[virtualRow.index];
            if (!item) return null;
            if (item.kind === 'group') {
              return <GroupRow key={`g${item.group.value}`} item={item} span={span} {...props} />;
            }
            if (item.kind === 'more') {
              return <MoreRow key={`m${item.group}`} item={item} span={span} {...props} />;
            }
            const id = props.rowId(item.row);
            return (
              <ListRow
                key={id}
                id={id}
                row={item.row}
                position={item.position}
                isFirst={virtualRow.index === 0}
                phone={phone}
                selectable={selectable}
                table={props}
              />
            );
          })}
          <Spacer height={below} span={span} />
        </tbody>
        {props.footer && !phone && (
          <Footer columns={columns} footer={props.footer} selectable={selectable} />
        )}
      </table>
    </div>
  );
}

export const widthOf = <Row,>(column: ListColumn<Row>): number | undefined =>
  column.resized ?? column.width;

/** Whoever comes back finds the list where they left it. */
function usePlace(scroller: React.RefObject<HTMLDivElement | null>, place: string) {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.scrollTop = places.get(place) ?? 0;
    const keep = () => places.set(place, element.scrollTop);
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [scroller, place]);
}

/** Asks for the next page at 70 % of what is there, so that nobody scrolls into its end. */
function useLoadAhead<Row>(
  items: ListItem<Row>[],
  first: number,
  last: number,
  onMore: (group: string) => void,
) {
  const wanted = items
    .slice(first, Math.ceil(last / 0.7) + 1)
    .flatMap((item) => (item.kind === 'more' ? [item.group] : []));
  const latest = useRef({ wanted, onMore });
  latest.current = { wanted, onMore };
  const key = `${items.length} ${wanted.length} ${wanted.join('\n')}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is wanted.
  useEffect(() => {
    for (const group of latest.current.wanted) latest.current.onMore(group);
  }, [key]);
}

const Spacer = ({ height, span }: { height: number; span: number }) =>
  height > 0 && (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} />
    </tr>
  );

interface MoreRowProps {
  item: { group: string; failed?: boolean };
  span: number;
  onMore: (group: string) => void;
}
function MoreRow({ item, span, onMore }: MoreRowProps) {
  const { t } = useTranslation();
  return (
    <tr className="h-(--row) border-b border-line">
      <td colSpan={span} className="px-5">
        {item.failed ? (
          <Button variant="quiet" onPress={() => onMore(item.group)}>
            {t('failed')}: {t('retry')}
          </Button>
        ) : (
          <>
            <span className="sr-only">{t('loading')}</span>
            <Bone className="h-4 w-3/5" />
          </>
        )}
      </td>
    </tr>
  );
}

interface FooterProps<Row> {
  columns: ListColumn<Row>[];
  footer: (column: ListColumn<Row>) => ReactNode;
  selectable: boolean;
}
function Footer<Row>({ columns, footer, selectable }: FooterProps<Row>) {
  return (
    <tfoot className="sticky bottom-0 z-10 bg-canvas">
      <tr className="h-9 shadow-[inset_0_1px_0_var(--line)]">
        {selectable && <td />}
        {columns.map((column) => (
          <td
            key={column.id}
            className={`tabular truncate px-2 font-semibold first:pl-5 last:pr-5 ${column.end ? 'text-right' : ''}`}
          >
            {footer(column)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
