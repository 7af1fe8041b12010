/** What was found lately, in memory only: names of people never reach the browser's storage. */
interface Recent {
  id: string;
  kind: string;
  label: string;
}
let items: Recent[] = [];
export const recent = () => items;
export function remember(item: Recent) {
  items = [item, ...items.filter(({ id }) => id !== item.id)].slice(0, 5);
}
