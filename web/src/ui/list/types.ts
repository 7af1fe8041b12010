import type { ReactNode } from 'react';
import type { FieldType } from '@/lib/list/filter';
import type { Option } from '../select';

/** How a cell is edited in place. */
export interface CellEdit<Row> {
  kind: 'text' | 'date' | 'choice';
  value: (row: Row) => string;
  /** Of a choice. */
  options?: Option[];
  /** Why this row's field may not be changed; nothing when it may. */
  locked?: (row: Row) => string | undefined;
  /** An absent value is an emptied field. */
  save: (row: Row, value: string | undefined) => void;
}

export interface ListColumn<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** In pixels; columns without a width share what is left. */
  width?: number;
  resized?: number;
  /** The server's name for sorting by this column. */
  sort?: string;
  end?: boolean;
  /** The heading is for screen readers alone. */
  quietLabel?: boolean;
  /** Not shown until somebody chooses it. */
  hidden?: boolean;
  /** The server's name of the sum that stands under this column. */
  sum?: string;
  edit?: CellEdit<Row>;
}

export interface ListGroup {
  value: string;
  label: ReactNode;
  count: number;
  /** What stands beside the count, e.g. sums. */
  note?: ReactNode;
  folded: boolean;
}

/** What the table draws one under another. */
export type ListItem<Row> =
  | { kind: 'row'; row: Row; position: number }
  | { kind: 'group'; group: ListGroup; position: number }
  | { kind: 'more'; group: string; position: number; failed?: boolean };

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string, range: boolean) => void;
  toggleAll: () => void;
  /** What the box in the head shows. */
  state: 'none' | 'some' | 'all';
}

/** A field that a list can be narrowed by, as people see it. */
export interface FilterField extends FieldType {
  label: string;
  /** Of an enum; people of a person. */
  options?: Option[];
}
