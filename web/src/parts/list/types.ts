import type { ReactNode } from 'react';
import type { BatchDone } from '@/lib/list/batch';
import type { FileField } from '@/lib/list/export';
import type { Filter } from '@/lib/list/filter';
import type { ListQuery, Resource } from '@/lib/list/resource';
import type { ViewState } from '@/lib/list/state';
import type { Month } from '@/lib/month';
import type { CellEdit, FilterField, ListColumn } from '@/ui/list/types';

/** A cell that is edited in place: the list saves it, at once and with what was before kept. */
export interface EditOf<Row> extends Omit<CellEdit<Row>, 'save'> {
  /** What a new value changes in the record that is shown… */
  change: (value: string | undefined, row: Row) => Partial<Row>;
  /** …and in the call that saves it; the same when absent. */
  fields?: (value: string | undefined, row: Row) => object;
}
export interface ColumnOf<Row> extends Omit<ListColumn<Row>, 'edit' | 'resized'> {
  edit?: EditOf<Row>;
  /** What it is in a file of the list: a field of the rows, or several; nothing for buttons. */
  file?: FileField | FileField[];
}

export interface BuiltView extends Partial<ViewState> {
  id: string;
  label: string;
  /** Its count is a matter of alarm while it is not zero. */
  urgent?: boolean;
}

export interface Grouping {
  /** The field of `group_by`, and of the filter. */
  id: string;
  label: string;
  /** Groups by the month of a date. */
  month?: boolean;
  valueLabel?: (value: string) => ReactNode;
  /** Values in the order of the domain; the others follow as the server has them. */
  order?: readonly string[];
}

/** Board, calendar, …: another drawing of the same query. */
export interface LayoutOf {
  id: string;
  label: string;
  icon: ReactNode;
  draw: (list: LayoutProps) => ReactNode;
}
export interface LayoutProps {
  query: ListQuery;
  onPeek: (id: string | undefined) => void;
  peek: string | undefined;
  empty: ReactNode;
  /** What the list is narrowed to, and how to see it otherwise: another filter, another layout. */
  filter: Filter;
  go: (next: Partial<ViewState>) => void;
  /** The month that a calendar shows, where one was chosen. */
  month: Month | undefined;
  onMonth: (month: Month) => void;
}
/** What stands before the filter chips: quick choices of one condition. */
export interface QuickProps {
  view: string;
  filter: Filter;
  setFilter: (next: Filter) => void;
}

export interface BulkOf<Row> {
  id: string;
  label: string;
  icon?: ReactNode;
  bad?: boolean;
  /** Always shows what will change, not only above 20 rows. */
  careful?: boolean;
  /** Why a row is left out; nothing when it takes part. */
  skip?: (row: Row) => string | undefined;
  /** Asks for what it needs. */
  ask?: (asked: Asked<Row>) => ReactNode;
  /** At most 200 rows at once. */
  run: (rows: Row[], answer: string) => Promise<BatchDone>;
}
export interface Asked<Row = unknown> {
  count: number;
  rows: Row[];
  onAnswer: (answer: string) => void;
  onClose: () => void;
}

/** How a feature declares its list; see docs/web-lists.md. */
export interface ListOf<Row extends { id: string }> {
  resource: Resource<Row>;
  /** Its name in the API where that is not the resource's: `audit/entries`. */
  api?: string;
  title: string;
  /** «248 клиентов». */
  count: (total: number, formatted: string) => string;
  columns: ColumnOf<Row>[];
  fields: FilterField[];
  /** The first is where one starts. */
  views: [BuiltView, ...BuiltView[]];
  groupings?: Grouping[];
  /** Sums that the server answers with groups, and the grouping to ask them by. */
  sums?: { by: string };
  layouts?: LayoutOf[];
  quick?: (shown: QuickProps) => ReactNode;
  bulk?: BulkOf<Row>[];
  /** The label of the search field, where the API takes `q`. */
  search?: string;
  /** Conditions that are not the user's to change (AIP-160). */
  fixed?: string;
  open: (row: Row) => void;
  /** The panel over the list; it draws itself. */
  peek?: (id: string, onClose: () => void, row: Row | undefined) => ReactNode;
  phoneRow: (row: Row) => ReactNode;
  /** Keys of this list's own, for the row that has the focus: KeyS, KeyH, … */
  keys?: Record<string, (row: Row) => void>;
  /** Saves an edited cell. */
  update?: (row: Row, fields: object) => Promise<Row>;
  /** What is said when there is nothing at all, and when the filter lets nothing through. */
  empty: ReactNode;
  emptyFiltered: string;
}
