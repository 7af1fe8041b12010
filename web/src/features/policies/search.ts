export const policyTabs = ['policy', 'history'] as const;
export type PolicyTab = (typeof policyTabs)[number];
export interface PolicySearch {
  tab?: PolicyTab;
}
export function readPolicySearch(search: Record<string, unknown>): PolicySearch {
  const tab = policyTabs.find((name) => name === search.tab);
  return tab ? { tab } : {};
}
