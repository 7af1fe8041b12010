export const dealTabs = [
  'journal',
  'calculations',
  'policies',
  'payments',
  'tasks',
  'history',
  'objects',
  'team',
] as const;
export type DealTab = (typeof dealTabs)[number];
export interface DealSearch {
  tab?: DealTab;
}
export function readDealSearch(search: Record<string, unknown>): DealSearch {
  const tab = dealTabs.find((name) => name === search.tab);
  return tab ? { tab } : {};
}
