import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';

/** What every list call of the API takes. */
export interface ListQuery {
  filter?: string | undefined;
  q?: string | undefined;
  order_by?: string | undefined;
  group_by?: string | undefined;
  page_size?: number;
  page_token?: string;
}
export interface ListSum {
  field?: string;
  amount?: { amount?: string; currency?: string };
}
export interface ListGroupCount {
  value?: string;
  count?: number;
  sums?: ListSum[];
}
/** What every list call answers, besides the rows under the resource's name. */
export interface ListReply {
  next_page_token?: string;
  total_size?: number;
  total_estimated?: boolean;
  groups?: ListGroupCount[];
  sums?: ListSum[];
}

/** Records of one kind: where their lists come from, and the name that they have in the cache. */
export interface Resource<Row> {
  /**
   * The plural of the API: `deals`. Its lists stand in the cache under ['deals', 'list'], page by
   * page; what is read at once, as an array, under ['deals', 'whole'].
   */
  name: string;
  list: (query: ListQuery) => Promise<ListReply>;
  /** The newest state of one record, after somebody else was first. */
  get?: (id: string) => Promise<Row>;
}
export const pageSize = 50;
/** The most that the API gives at once: for what is read as a whole, not scrolled. */
export const largestPage = 200;

export const rowsOf = <Row>(name: string, reply: ListReply): Row[] =>
  ((reply as Record<string, unknown>)[name] as Row[] | undefined) ?? [];

/** Leaves out what is not set: an empty parameter is not the same as none. */
const present = (query: ListQuery): ListQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value)) as ListQuery;

export const rowsQuery = <Row>(resource: Resource<Row>, query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: [resource.name, 'list', present(query)],
    queryFn: ({ pageParam }) =>
      resource.list(present({ page_size: pageSize, ...query, page_token: pageParam })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_page_token || undefined,
  });

/** How many, and how much, over the whole filter; by groups when asked. */
export const countQuery = <Row>(resource: Resource<Row>, query: ListQuery) =>
  queryOptions({
    queryKey: [resource.name, 'count', present(query)],
    queryFn: () => resource.list(present({ ...query, page_size: 1 })),
  });

const longest = 2000;
/** All rows of a filter, for what is done to all of them at once. */
export async function allRows<Row>(resource: Resource<Row>, query: ListQuery): Promise<Row[]> {
  const rows: Row[] = [];
  let token = '';
  do {
    const page = await resource.list(present({ ...query, page_size: 200, page_token: token }));
    rows.push(...rowsOf<Row>(resource.name, page));
    token = page.next_page_token ?? '';
  } while (token && rows.length < longest);
  return rows.slice(0, longest);
}

interface Pages {
  pages: ListReply[];
  pageParams: unknown[];
}
/** Changes one record in all lists of its kind at once. */
export function patchRows<Row extends { id: string }>(
  client: QueryClient,
  name: string,
  id: string,
  patch: (row: Row) => Row,
) {
  client.setQueriesData<Pages>(
    { queryKey: [name, 'list'] },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          [name]: rowsOf<Row>(name, page).map((row) => (row.id === id ? patch(row) : row)),
        })),
      },
  );
  client.setQueryData<Row>([name, 'one', id], (row) => row && patch(row));
}

export function refreshLists(client: QueryClient, name: string) {
  for (const part of ['list', 'whole', 'count', 'board']) {
    void client.invalidateQueries({ queryKey: [name, part] });
  }
}
