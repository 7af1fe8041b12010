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
  /** On the tab of policies: the chosen quote that a policy is being made of. */
  issue?: string;
}
export function readDealSearch(search: Record<string, unknown>): DealSearch {
  const tab = dealTabs.find((name) => name === search.tab);
  const issue = tab === 'policies' && typeof search.issue === 'string' && search.issue;
  return { ...(tab && { tab }), ...(issue && { issue }) };
}
