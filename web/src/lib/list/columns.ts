/**
 * Which columns, in which order, how wide: `client.title-320.deadline` in the address. `pin.` before
 * them keeps the first in sight.
 */
export interface ColumnChoice {
  id: string;
  /** The width that somebody chose instead of the column's own. */
  resized?: number;
}
interface Known {
  id: string;
  /** Not shown until it is chosen. */
  hidden?: boolean;
}
export const narrowest = 56;
export const widest = 800;

export function parseColumns<T extends Known>(text: string, known: T[]): (T & ColumnChoice)[] {
  const found = text
    .split('.')
    .map((part) => {
      const [id, width] = part.split('-');
      const column = known.find((item) => item.id === id);
      const given = Number(width);
      if (!column) return undefined;
      return width && Number.isFinite(given) ? { ...column, resized: within(given) } : column;
    })
    .filter((column) => column !== undefined);
  const once = found.filter(({ id }, at) => found.findIndex((other) => other.id === id) === at);
  return once.length > 0 ? once : known.filter(({ hidden }) => !hidden);
}

export const isPinned = (text: string) => text.split('.')[0] === 'pin';

export const columnsText = (columns: ColumnChoice[], pinned: boolean): string => {
  const said = columns.map(({ id, resized }) => (resized ? `${id}-${resized}` : id));
  return (pinned ? ['pin', ...said] : said).join('.');
};

/** The same as a saved view keeps it: `client.320`. */
export const viewColumns = (text: string): string[] =>
  text ? text.split('.').map((part) => part.replace('-', '.')) : [];
export const columnsOfView = (columns: string[]): string =>
  columns.map((part) => part.replace('.', '-')).join('.');

export const within = (width: number) => Math.round(Math.min(widest, Math.max(narrowest, width)));

/** Where a column stands after it is moved by one; the ends stay ends. */
export function moved<T>(items: T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  if (to < 0 || to >= items.length) return items;
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}
