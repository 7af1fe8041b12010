import type { Notification } from '@/lib/types';

export interface Group {
  key: string;
  items: Notification[];
}
/** By deal, each where its newest stands; what belongs to no deal stands by itself. */
export function byDeal(notifications: Notification[]): Group[] {
  const groups = new Map<string, Group>();
  for (const notification of notifications) {
    const key = notification.deal_id || notification.id;
    const group = groups.get(key) ?? { key, items: [] };
    group.items.push(notification);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What is current once this one is gone: the next, or the one before the last. */
export function neighbour(ids: string[], gone: string): string | undefined {
  const at = ids.indexOf(gone);
  if (at < 0) return ids[0];
  return ids[at + 1] ?? ids[at - 1];
}
