import type { FilterField, ListColumn } from '@/ui/list/types';

export interface FileWord {
  value: string;
  word: string;
}
export interface FileColumn {
  field: string;
  title: string;
  words?: FileWord[];
}
/** A field of the rows; with a head or words of its own where the list's will not do. */
export type FileField = string | { field: string; title?: string; words?: FileWord[] };
interface Exported {
  /** What the column is in a file: one field of the rows, or several; nothing for buttons. */
  file?: FileField | FileField[] | undefined;
}

/** The columns of a file as the screen shows them: same order, same heads, same words for values. */
export function fileColumns<Row>(
  columns: (Pick<ListColumn<Row>, 'label'> & Exported)[],
  fields: FilterField[],
): FileColumn[] {
  return columns.flatMap(({ label, file = [] }) =>
    [file].flat().map((asked) => {
      const own = typeof asked === 'string' ? { field: asked } : asked;
      return { title: label, ...wordsOf(own.field, fields), ...own };
    }),
  );
}

/** A choice among words, as the filter offers it, is written by them. */
function wordsOf(name: string, fields: FilterField[]): Pick<FileColumn, 'words'> {
  const choice = fields.find(({ id, kind }) => id === name && kind === 'enum');
  if (!choice?.options?.length) return {};
  return { words: choice.options.map(({ id, label }) => ({ value: id, word: label })) };
}
