export const groupings = ['month', 'insurer_id', 'lead_agent_id', 'product'] as const;
export type PlanGrouping = (typeof groupings)[number];
export interface PlanSearch {
  by?: PlanGrouping;
  year?: number;
}
export function readPlanSearch(search: Record<string, unknown>): PlanSearch {
  const by = groupings.find((name) => name === search.by);
  const year = Number(search.year);
  return { ...(by && { by }), ...(year >= 2000 && year <= 2200 && { year }) };
}
