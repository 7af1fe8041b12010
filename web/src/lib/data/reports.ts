import { queryOptions } from '@tanstack/react-query';
import type { components } from '../api';
import { api, body } from '../http';
import { present } from './deals';

export type RenewalReport = components['schemas']['RenewalReport'];
export type RenewalReportRow = components['schemas']['RenewalReportRow'];

export interface RenewalReportAsked {
  group_by: string;
  from: string;
  to: string;
  /** As of the list of policies. */
  filter: string;
}
export const renewalReportQuery = (asked: RenewalReportAsked) =>
  queryOptions({
    queryKey: ['policies', 'report', asked],
    queryFn: () =>
      body<RenewalReport>(
        api.GET('/api/v1/reports/renewals', {
          params: { query: present(asked) },
        }),
      ),
  });
