/** Everything one sees of a list. It is in the address, so that a link opens the same picture. */
export interface ListSearch {
  /** The saved or built-in view that the rest differs from. */
  view?: string;
  /** What differs from the view; an empty text means «explicitly none». */
  f?: string;
  sort?: string;
  group?: string;
  cols?: string;
  layout?: string;
  q?: string;
  /** Folded groups. */
  fold?: string;
  peek?: string;
  /** The month of a calendar: `2026-11`. */
  month?: string;
}

/** What a view keeps. */
export interface ViewState {
  f: string;
  sort: string;
  group: string;
  cols: string;
  layout: string;
}
export const emptyView: ViewState = {
  f: '',
  sort: '',
  group: '',
  cols: '',
  layout: 'table',
};
export const viewKeys = Object.keys(emptyView) as (keyof ViewState)[];

const text = (value: unknown, longest: number): string | undefined => {
  const said = typeof value === 'number' ? String(value) : value;
  return typeof said === 'string' && said.length <= longest ? said : undefined;
};

const monthIn = (value: unknown) =>
  typeof value === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(value) ? value : undefined;

/** Reads the search part of an address; nonsense in it is left out. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const read: ListSearch = {
    view: text(search.view, 40) || undefined,
    f: text(search.f, 4000),
    sort: text(search.sort, 60),
    group: text(search.group, 60),
    cols: text(search.cols, 1000),
    layout: text(search.layout, 20),
    q: text(search.q, 200) || undefined,
    fold: text(search.fold, 4000) || undefined,
    peek: text(search.peek, 60) || undefined,
    month: monthIn(search.month),
  } as ListSearch;
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined),
  ) as ListSearch;
}

/** The view with what the address says otherwise. */
export function stateOf(view: ViewState, search: ListSearch): ViewState {
  const said = viewKeys.filter((key) => search[key] !== undefined);
  return { ...view, ...Object.fromEntries(said.map((key) => [key, search[key]])) };
}

/** What the address must say for this state: only what differs from the view. */
export function differences(view: ViewState, state: ViewState): ListSearch {
  return Object.fromEntries(
    viewKeys.map((key) => [key, state[key] === view[key] ? undefined : state[key]]),
  ) as ListSearch;
}
/** Whether one sees something else than the view; board or table alone is no change of it. */
export const isChanged = (view: ViewState, search: ListSearch): boolean =>
  viewKeys.some(
    (key) => key !== 'layout' && search[key] !== undefined && search[key] !== view[key],
  );
