import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../http';
import type { BackgroundJob } from '../types';

interface JobsReply {
  background_jobs?: BackgroundJob[];
  missing?: string[];
}

/** What every service does unasked, and how it went. */
export const backgroundJobsQuery = queryOptions({
  queryKey: ['background_jobs'],
  queryFn: () => body<JobsReply>(api.GET('/api/v1/background_jobs')),
  staleTime: 0,
  refetchInterval: 30_000,
});
