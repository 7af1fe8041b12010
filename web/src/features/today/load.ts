import type { ListReply } from '@/lib/list/resource';

export interface Load {
  id: string;
  deals: number;
  late: number;
  tasks: number;
  tasks_late: number;
}
/** What each count list says by person. */
export type Counts = Record<Exclude<keyof Load, 'id'>, ListReply | undefined>;

/** Who has anything open: whose things are late first, then who has most. */
export function loadOf(counts: Counts): Load[] {
  const people = new Map<string, Load>();
  for (const what of ['deals', 'late', 'tasks', 'tasks_late'] as const) {
    for (const { value: id, count = 0 } of counts[what]?.groups ?? []) {
      if (!id) continue;
      const load = people.get(id) ?? { id, deals: 0, late: 0, tasks: 0, tasks_late: 0 };
      people.set(id, { ...load, [what]: count });
    }
  }
  const late = (load: Load) => load.late + load.tasks_late;
  const all = (load: Load) => load.deals + load.tasks;
  return [...people.values()].sort(
    (one, other) => late(other) - late(one) || all(other) - all(one),
  );
}
