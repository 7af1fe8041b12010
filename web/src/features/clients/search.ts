import type { ClientStatus, ClientType } from '@/lib/types';

export const clientTabs = ['overview', 'deals', 'policies', 'history'] as const;
export type ClientTab = (typeof clientTabs)[number];
export const clientTypes = ['individual', 'company'] as const satisfies readonly ClientType[];
export const clientStatuses = [
  'potential',
  'active',
  'inactive',
] as const satisfies readonly ClientStatus[];

export interface ClientSearch {
  tab?: ClientTab;
}
export function readClientSearch(search: Record<string, unknown>): ClientSearch {
  const tab = clientTabs.find((name) => name === search.tab);
  return tab ? { tab } : {};
}
