import { createStore } from '@/lib/store';

/** The list one came from, so that a card can say «4 из 16» and step to its neighbours. */
export const place = createStore<string[]>([]);
export const keepPlace = (ids: string[]) => place.set(ids);

export function neighbours(ids: string[], id: string) {
  const at = ids.indexOf(id);
  if (at < 0) return undefined;
  return { position: at + 1, total: ids.length, before: ids[at - 1], after: ids[at + 1] };
}
