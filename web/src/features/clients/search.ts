import type { ClientStatus, ClientType } from '@/lib/types';

export const clientTabs = ['overview', 'deals', 'history'] as const;
export type ClientTab = (typeof clientTabs)[number];
export const clientTypes = ['individual', 'company'] as const satisfies readonly ClientType[];
export const clientStatuses = [
  'potential',
  'active',
  'inactive',
] as const satisfies readonly ClientStatus[];

export interface ClientsSearch {
  q?: string;
  type?: ClientType;
  status?: ClientStatus;
  owner?: string;
  archived?: boolean;
  sort?: string;
}
const sorts = ['short_name', 'created_at', 'updated_at'];
const text = (value: unknown) =>
  typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : undefined;

export function readClientsSearch(search: Record<string, unknown>): ClientsSearch {
  const sort = text(search.sort);
  const read = {
    q: typeof search.q === 'number' ? String(search.q) : text(search.q),
    type: clientTypes.find((name) => name === search.type),
    status: clientStatuses.find((name) => name === search.status),
    owner: text(search.owner),
    archived: search.archived === true || undefined,
    sort: sort && sorts.includes(sort.replace(/ desc$/, '')) ? sort : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value)) as ClientsSearch;
}

export interface ClientSearch {
  tab?: ClientTab;
}
export function readClientSearch(search: Record<string, unknown>): ClientSearch {
  const tab = clientTabs.find((name) => name === search.tab);
  return tab ? { tab } : {};
}
