import type { DayPayment } from '@/lib/data/day';
import { type Day, dayOf, dueKind } from '@/lib/dates';
import type { Deal, Role, Task } from '@/lib/types';

/** Something to be done by a day, whatever it is about. */
export type DayItem =
  | { kind: 'deal'; id: string; day: Day; deal: Deal }
  | { kind: 'task'; id: string; day: Day; at?: string; task: Task }
  | { kind: 'payment'; id: string; day: Day; payment: DayPayment };

export const groupNames = ['overdue', 'today', 'tomorrow', 'later', 'waiting'] as const;
export type GroupName = (typeof groupNames)[number];

interface Found {
  deals: Deal[];
  tasks: Task[];
  payments: DayPayment[];
}
/** All with a date; a deal whose date only repeats a task or payment of the list stays away. */
export function dayItems({ deals, tasks, payments }: Found, timeZone: string): DayItem[] {
  const said = new Set([...tasks, ...payments].map(({ id }) => id));
  const items: DayItem[] = [];
  for (const deal of deals) {
    if (!deal.deadline || said.has(deal.deadline.subject ?? '')) continue;
    items.push({ kind: 'deal', id: deal.id, day: deal.deadline.date, deal });
  }
  for (const task of tasks) {
    const day = task.due_on || (task.due_at && dayOf(task.due_at, timeZone));
    if (!day) continue;
    items.push({ kind: 'task', id: task.id, day, task, ...(task.due_at && { at: task.due_at }) });
  }
  for (const payment of payments) {
    items.push({ kind: 'payment', id: payment.id, day: payment.planned_date, payment });
  }
  return items.sort(
    (one, other) => one.day.localeCompare(other.day) || one.id.localeCompare(other.id),
  );
}

const mover: Partial<Record<Role, string>> = { executor: 'executor', finance: 'finance' };

/** Whether somebody else has to move first. */
export function waitsForOthers(item: DayItem, role: Role): boolean {
  if (item.kind === 'task') return false;
  const who = item.kind === 'deal' ? item.deal.deadline?.waiting_on : item.payment.waiting_on;
  return Boolean(who) && who !== (mover[role] ?? 'agent');
}

/**
 * What one works through, in the order of the pressure of time; empty groups are left out. What
 * waits for others comes up on its day, and until then stands apart.
 */
export function groupItems(items: DayItem[], today: Day, role: Role): Map<GroupName, DayItem[]> {
  const groups = new Map<GroupName, DayItem[]>(groupNames.map((name) => [name, []]));
  for (const item of items) {
    const kind = dueKind(item.day, today);
    const now = kind === 'overdue' || kind === 'today';
    const name = kind === 'soon' ? 'later' : kind;
    groups.get(!now && waitsForOthers(item, role) ? 'waiting' : name)?.push(item);
  }
  for (const name of groupNames) if (groups.get(name)?.length === 0) groups.delete(name);
  return groups;
}
