import { type Day, dueKind } from '@/lib/dates';
import type { Deal } from '@/lib/types';

export const groupNames = ['overdue', 'today', 'tomorrow', 'later'] as const;
export type GroupName = (typeof groupNames)[number];

/** What one works through, in the order of the pressure of time; empty groups are left out. */
export function groupDeals(deals: Deal[], today: Day): Map<GroupName, Deal[]> {
  const groups = new Map<GroupName, Deal[]>(groupNames.map((name) => [name, []]));
  for (const deal of deals) {
    if (!deal.deadline) continue;
    const kind = dueKind(deal.deadline.date, today);
    groups.get(kind === 'soon' ? 'later' : kind)?.push(deal);
  }
  for (const name of groupNames) if (groups.get(name)?.length === 0) groups.delete(name);
  return groups;
}
