import type { FilterField, ListColumn } from '@/ui/list/types';

export interface FileColumn {
  field: string;
  title: string;
  words?: { value: string; word: string }[];
}
interface Exported {
  /** What the column is in a file: one field of the rows, or several; nothing for buttons. */
  file?: string | string[] | undefined;
}

/** The columns of a file as the screen shows them: same order, same heads, same words for values. */
export function fileColumns<Row>(
  columns: (Pick<ListColumn<Row>, 'label'> & Exported)[],
  fields: FilterField[],
): FileColumn[] {
  return columns.flatMap(({ label, file = [] }) =>
    [file].flat().map((field) => ({ field, title: label, ...wordsOf(field, fields) })),
  );
}

/** A choice among words, as the filter offers it, is written by them. */
function wordsOf(name: string, fields: FilterField[]): Pick<FileColumn, 'words'> {
  const choice = fields.find(({ id, kind }) => id === name && kind === 'enum');
  if (!choice?.options?.length) return {};
  return { words: choice.options.map(({ id, label }) => ({ value: id, word: label })) };
}
