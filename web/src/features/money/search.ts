export const groupings = ['month', 'insurer_id', 'lead_agent_id', 'product'] as const;
export type PlanGrouping = (typeof groupings)[number];
export interface PlanSearch {
  by?: PlanGrouping;
  year?: number;
  /** The filter, as the chips say it. */
  f?: string;
}
export function readPlanSearch(search: Record<string, unknown>): PlanSearch {
  const by = groupings.find((name) => name === search.by);
  const year = Number(search.year);
  const f = typeof search.f === 'string' && search.f;
  return {
    ...(by && { by }),
    ...(year >= 2000 && year <= 2200 && { year }),
    ...(f && { f }),
  };
}
