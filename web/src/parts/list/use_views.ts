import type { ViewOf } from './use_list';

export interface SavedView {
  id: string;
  version: number;
  shared: boolean;
  mine: boolean;
}
/** The views that this person and their colleagues have saved for a list. */
export function useSavedViews(_resource: string): ViewOf[] {
  return [];
}
