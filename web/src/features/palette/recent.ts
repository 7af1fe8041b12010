import type { Kind } from './kinds';

/** What was found lately, in memory only: names of people never reach the browser's storage. */
interface Recent {
  id: string;
  kind: Kind;
  label: string;
}
let items: Recent[] = [];
export const recent = () => items;
export function remember(item: Recent) {
  items = [item, ...items.filter(({ id }) => id !== item.id)].slice(0, 5);
}
