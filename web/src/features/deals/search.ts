import { type DealStatus, dealStatuses } from '@/lib/types';

export const viewNames = ['mine', 'overdue', 'client', 'all'] as const;
export type ViewName = (typeof viewNames)[number];
export const deadlineWords = ['overdue', 'today', 'week'] as const;
export type DeadlineWord = (typeof deadlineWords)[number];

/** Everything one sees of the list is in the address: a link opens the same picture. */
export interface DealsSearch {
  view?: ViewName;
  layout?: 'board' | 'table';
  status?: DealStatus;
  lead?: string;
  executor?: string;
  deadline?: DeadlineWord;
  q?: string;
  sort?: string;
  peek?: string;
}
const sorts = ['deadline_on', 'created_at', 'updated_at', 'number'];
const one = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((item) => item === value);
const text = (value: unknown) =>
  typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : undefined;

export function readDealsSearch(search: Record<string, unknown>): DealsSearch {
  const sort = text(search.sort);
  const read = {
    view: one(viewNames, search.view),
    layout: one(['board', 'table'] as const, search.layout),
    status: one(dealStatuses, search.status),
    lead: text(search.lead),
    executor: text(search.executor),
    deadline: one(deadlineWords, search.deadline),
    q: typeof search.q === 'number' ? String(search.q) : text(search.q),
    sort: sort && sorts.includes(sort.replace(/ desc$/, '')) ? sort : undefined,
    peek: text(search.peek),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value)) as DealsSearch;
}
