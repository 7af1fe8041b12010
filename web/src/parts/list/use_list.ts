import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { isPinned, parseColumns } from '@/lib/list/columns';
import { compileFilter } from '@/lib/list/compile';
import { type Filter, filterText, parseFilter } from '@/lib/list/filter';
import { differences, emptyView, type ListSearch, stateOf, type ViewState } from '@/lib/list/state';
import { useSession } from '@/lib/session';
import type { BuiltView, ListOf } from './types';
import { type SavedView, useSavedViews } from './use_views';

export interface ViewOf extends ViewState {
  id: string;
  label: string;
  urgent?: boolean;
  saved?: SavedView;
}
const builtView = ({ id, label, urgent, ...state }: BuiltView): ViewOf => ({
  ...emptyView,
  ...state,
  id,
  label,
  ...(urgent && { urgent }),
});

/** The state of a list: what the address says over what its view says. */
export function useList<Row extends { id: string }>(list: ListOf<Row>) {
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const { user, today, time_zone } = useSession();
  const saved = useSavedViews(list.resource.name, list.fields);
  const views: ViewOf[] = [...list.views.map(builtView), ...saved];
  const view = views.find(({ id }) => id === search.view) ?? (views[0] as ViewOf);
  const state = stateOf(view, search);
  const around = { me: user.id, today, timeZone: time_zone };
  const parsed = (text: string) => parseFilter(text, list.fields);
  const compiled = (text: string) =>
    [list.fixed, compileFilter(parsed(text), list.fields, around)].filter(Boolean).join(' AND ');
  const filter = parsed(state.f);

  const change = useCallback(
    (next: ListSearch, push = false) =>
      void navigate({
        to: '.',
        search: ((known: ListSearch) => ({ ...known, ...next })) as never,
        replace: !push,
        resetScroll: false,
      }),
    [navigate],
  );
  /** Changes what the view would keep; what is as the view has it leaves the address. */
  const set = (next: Partial<ViewState>) => change(differences(view, { ...state, ...next }));
  return {
    search,
    views,
    view,
    state,
    filter,
    change,
    set,
    /** The same as a step that the browser goes back from. */
    go: (next: Partial<ViewState>) => change(differences(view, { ...state, ...next }), true),
    setFilter: (next: Filter) => set({ f: filterText(next) }),
    compiled,
    pinned: isPinned(state.cols),
    columns: parseColumns(state.cols, list.columns),
    query: {
      filter: compiled(state.f) || undefined,
      q: search.q,
      order_by: state.sort || undefined,
    },
    narrowed: filter.length > 0 || Boolean(search.q),
  };
}
export type ListState<Row extends { id: string }> = ReturnType<typeof useList<Row>>;
