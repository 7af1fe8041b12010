import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, ifMatch } from '../http';
import type { Agency } from '../types';

export const fetchAgency = () => body<Agency>(api.GET('/api/v1/settings'));

/** What the agency says of itself. */
export const agencyQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: fetchAgency,
  staleTime: 5 * 60_000,
});

/** Of this picture alone: the address changes with it. */
export const logoAddress = (digest: string) => `/api/v1/settings/logo?digest=${digest}`;

export interface AgencyFields {
  name?: string;
  phone?: string;
  address?: string;
  share_names_in_messages?: boolean;
  /** A picture in base64; null takes it away. */
  logo?: string | null;
}
export function useUpdateAgency() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ agency, fields }: { agency: Agency; fields: AgencyFields }) =>
      body<Agency>(
        api.PATCH('/api/v1/settings', {
          params: { header: ifMatch(agency.version) },
          body: fields as { logo?: string },
        }),
      ),
    onSuccess: (agency) => client.setQueryData(agencyQuery.queryKey, agency),
  });
}
