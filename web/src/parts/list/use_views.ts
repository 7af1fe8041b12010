import { useQuery } from '@tanstack/react-query';
import { type ViewFields, viewLayouts, viewsQuery } from '@/lib/data/views';
import { columnsOfView, viewColumns } from '@/lib/list/columns';
import { type FieldType, filterText, parseFilter } from '@/lib/list/filter';
import type { ViewState } from '@/lib/list/state';
import { parseViewFilter, viewFilter } from '@/lib/list/view_filter';
import { may, type View } from '@/lib/types';
import type { ViewOf } from './use_list';

export interface SavedView {
  version: number;
  shared: boolean;
  author: string;
  /** Whether this person may change and delete it. */
  mine: boolean;
}

/** The views that this person and their colleagues have saved for a list. */
export function useSavedViews(resource: string, fields: FieldType[]): ViewOf[] {
  const views = useQuery(viewsQuery(resource)).data ?? [];
  return views.map((view) => ({
    id: view.id,
    label: view.name,
    ...stateOfView(view, fields),
    saved: {
      version: view.version,
      shared: view.scope === 'shared',
      author: view.author_name ?? '',
      mine: may(view, 'update'),
    },
  }));
}

const stateOfView = (view: View, fields: FieldType[]): ViewState => ({
  f: filterText(parseViewFilter(view.filter ?? '', fields)),
  sort: view.order_by ?? '',
  group: view.group_by ?? '',
  cols: columnsOfView(view.columns ?? []),
  layout: view.layout ?? 'table',
});

/** The state in the words of the API. */
export const viewOfState = (state: ViewState, fields: FieldType[]): ViewFields => ({
  filter: viewFilter(parseFilter(state.f, fields), fields),
  order_by: state.sort,
  group_by: state.group,
  columns: viewColumns(state.cols),
  layout: viewLayouts.find((layout) => layout === state.layout) ?? 'table',
});
