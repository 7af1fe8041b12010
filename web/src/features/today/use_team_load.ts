import { useQuery } from '@tanstack/react-query';
import { dealLoadQuery, lateDealsQuery, taskLoadQuery, undatedDealsQuery } from '@/lib/data/day';
import { namesQuery } from '@/lib/data/people';
import { useSession } from '@/lib/session';
import { loadOf } from './load';

export const shownAtMost = 40;
export const settled = ({ data, error }: { data: unknown; error: unknown }) =>
  data !== undefined || error !== null;

/** The load of the team, and the names of those who have the most. */
export function useTeamLoad(enabled = true) {
  const { today } = useSession();
  const deals = useQuery({ ...dealLoadQuery, enabled });
  const late = useQuery({ ...lateDealsQuery(today), enabled });
  const undated = useQuery({ ...undatedDealsQuery, enabled });
  const tasks = useQuery({ ...taskLoadQuery(false), enabled });
  const lateTasks = useQuery({ ...taskLoadQuery(true), enabled });
  const counted = [deals, late, undated, tasks, lateTasks].every(settled);
  const loads = loadOf({
    deals: deals.data,
    late: late.data,
    tasks: tasks.data,
    tasks_late: lateTasks.data,
  });
  const shown = loads.slice(0, shownAtMost);
  // Names are asked for once it is known whose.
  const someone = shown.length > 0;
  const named = useQuery({
    ...namesQuery(shown.map(({ id }) => id)),
    enabled: enabled && counted && someone,
  });
  return {
    ready: counted && (settled(named) || !someone),
    loads,
    rows: shown.flatMap((load) => {
      const full_name = named.data?.get(load.id);
      return full_name ? [{ ...load, full_name }] : [];
    }),
    undated: undated.data?.total_size ?? 0,
  };
}
