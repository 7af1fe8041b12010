import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../http';
import { currentLanguage } from '../i18n';
import type { FileColumn } from '../list/export';
import type { ListQuery } from '../list/resource';
import { toastFailure } from '../messages';
import type { Job } from '../types';
import { present } from './deals';

export type FileFormat = 'csv' | 'xlsx';

const mostJobs = 200;
const askAgainMs = 5000;

const open: readonly string[] = ['queued', 'running', 'undoing'];
export const isOpen = ({ status }: Job) => open.includes(status);

/** One's own jobs of the last day, newest first. The stream tells of changes; asking is for lost ones. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: async () => {
    const reply = await body<{ jobs?: Job[] }>(
      api.GET('/api/v1/jobs', { params: { query: { page_size: mostJobs } } }),
    );
    return reply.jobs ?? [];
  },
  refetchInterval: (query) => (query.state.data?.some(isOpen) ? askAgainMs : false),
});

export const fileAddress = (job: Job) => `/api/v1/jobs/${job.id}/file`;

/** Those that were started here: when they end, this tab says so. */
export const awaited = new Set<string>();

/** More than these are exported by the filter that finds them. */
export const mostChosen = 200;

export interface Export {
  list: string;
  title: string;
  format: FileFormat;
  rows: { ids: string[] } | ListQuery;
  columns: FileColumn[];
  /** What else the list takes: a report its period. */
  parameters?: { name: string; value: string }[];
}
const filterOf = ({ filter, q, order_by }: ListQuery) => present({ filter, q, order_by });

export async function startExport(client: QueryClient, asked: Export): Promise<void> {
  const { list, title, format, rows, columns, parameters } = asked;
  const job = await body<Job>(
    api.POST('/api/v1/exports', {
      body: {
        list,
        title,
        format,
        columns,
        language: currentLanguage(),
        ...present({ parameters }),
        ...('ids' in rows ? rows : filterOf(rows)),
      },
    }),
  );
  awaited.add(job.id);
  client.setQueryData(jobsQuery.queryKey, (jobs) => [job, ...(jobs ?? [])]);
  await client.invalidateQueries({ queryKey: jobsQuery.queryKey });
}

export function useCancelJob() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: Job) =>
      body<Job>(api.POST('/api/v1/jobs/{job_id}/cancel', { params: { path: { job_id: job.id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: jobsQuery.queryKey }),
    onError: toastFailure,
  });
}
