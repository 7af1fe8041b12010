import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type DayPayment, duePremiumsQuery, openTasksQuery } from '@/lib/data/day';
import { dealCountQuery, dealListQuery } from '@/lib/data/deals';
import { addDays } from '@/lib/dates';
import { all, from, is, not } from '@/lib/filter';
import { largestPage, rowsOf } from '@/lib/list/resource';
import { useSession } from '@/lib/session';
import type { Task } from '@/lib/types';
import { dayItems, groupItems } from './items';

/** One's own deals, tasks and clients' payments, by the pressure of time. */
export function useDay() {
  const { user, today, time_zone } = useSession();
  const mine = all(is('member_id', user.id), not('status', 'closed'));
  const dated = all(mine, from('deadline_on', '2000-01-01'));
  const deals = useInfiniteQuery(
    dealListQuery({ filter: dated, order_by: 'deadline_on', page_size: largestPage }),
  );
  const tasks = useInfiniteQuery(openTasksQuery(user.id));
  const leads = user.role === 'agent' || user.role === 'admin';
  const premiums = useInfiniteQuery({
    ...duePremiumsQuery(user.id, addDays(today, 7)),
    enabled: leads,
  });
  const everything = useQuery(dealCountQuery(mine)).data?.size ?? 0;
  const sources = leads ? [deals, tasks, premiums] : [deals, tasks];
  const items = useMemo(
    () =>
      dayItems(
        {
          deals: deals.data?.pages.flatMap((page) => page.deals ?? []) ?? [],
          tasks: tasks.data?.pages.flatMap((page) => rowsOf<Task>('tasks', page)) ?? [],
          payments:
            premiums.data?.pages.flatMap((page) => rowsOf<DayPayment>('payments', page)) ?? [],
        },
        time_zone,
      ),
    [deals.data, tasks.data, premiums.data, time_zone],
  );
  const total = deals.data?.pages[0]?.total_size ?? 0;
  return {
    items,
    groups: groupItems(items, today, user.role),
    /** Deals that nobody will be reminded of. */
    undated: deals.data ? everything - total : 0,
    /** Rows come together: what stands on the page is not pushed down by what comes later. */
    loaded: sources.every(({ data, error }) => data || error),
    /** A service that does not answer takes away its own rows alone. */
    failure: sources.find(({ error, data }) => error && !data)?.error,
    retry: () => {
      for (const source of sources) if (source.error) void source.refetch();
    },
    more: sources.find(({ hasNextPage }) => hasNextPage),
  };
}
