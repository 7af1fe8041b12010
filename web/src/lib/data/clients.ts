import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../api';
import { api, body, ifMatch } from '../http';
import { type BatchAnswer, type BatchDone, batchDone } from '../list/batch';
import type { ListReply, Resource } from '../list/resource';
import type { Client, ClientStatus, ClientType, Contact, Duplicate } from '../types';
import { present } from './deals';

type Schemas = components['schemas'];

export const clientResource: Resource<Client> = {
  name: 'clients',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/clients', { params: { query: present(query) } })),
  get: (id) =>
    body<Client>(api.GET('/api/v1/clients/{client_id}', { params: { path: { client_id: id } } })),
};
export const saveClient = (client: Client, fields: object) =>
  updateClient(client.id, client.version, fields);

interface ClientItem {
  id: string;
  version: number;
  owner_id?: string;
  segment?: string;
  status?: ClientStatus;
  archived?: boolean;
}
/** Changes many clients; each answers for itself, and what was changed can be returned as a whole. */
export async function batchClients(items: ClientItem[]): Promise<BatchDone> {
  const reply = await body<BatchAnswer<ClientItem>>(
    api.POST('/api/v1/clients/batch', { body: { items } }),
  );
  return batchDone(reply, batchClients);
}

export const clientQuery = (id: string) =>
  queryOptions({
    queryKey: ['clients', 'one', id],
    queryFn: () =>
      body<Client>(api.GET('/api/v1/clients/{client_id}', { params: { path: { client_id: id } } })),
  });

export const coverageGapsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', 'gaps', id],
    queryFn: async () => {
      const reply = await body<{ gaps?: Schemas['CoverageGap'][] }>(
        api.GET('/api/v1/clients/{client_id}/coverage_gaps', {
          params: { path: { client_id: id } },
        }),
      );
      return reply.gaps ?? [];
    },
  });

export interface ClientFields {
  type?: ClientType;
  full_name?: string;
  short_name?: string | null;
  tax_number?: string | null;
  registration_number?: string | null;
  birth_date?: string | null;
  segment?: string | null;
  contacts?: Contact[];
  address?: string | null;
  notes?: string | null;
  consent?: { given_on?: string; how?: string; withdrawn_on?: string } | null;
  status?: ClientStatus;
}

export interface Likeness {
  full_name?: string;
  tax_number?: string;
  phone?: string;
  email?: string;
  exclude_id?: string;
}
export const duplicatesQuery = (like: Likeness) =>
  queryOptions({
    queryKey: ['clients', 'duplicates', like],
    queryFn: ({ signal }) =>
      body<{ duplicates?: Duplicate[]; hidden?: boolean }>(
        api.GET('/api/v1/clients/duplicates', { params: { query: present(like) }, signal }),
      ),
    enabled: Object.keys(present(like)).some((key) => key !== 'exclude_id'),
  });

export function useCreateClient() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fields: ClientFields & { type: ClientType; full_name: string }) =>
      body<Client>(
        api.POST('/api/v1/clients', {
          body: present(fields) as { type: ClientType; full_name: string },
        }),
      ),
    onSuccess: (created) => {
      client.setQueryData(['clients', 'one', created.id], created);
      void client.invalidateQueries({ queryKey: ['clients', 'list'] });
    },
  });
}

/** PATCH takes null for «clear this»; the generated types know only values. */
const updateClient = (id: string, version: number, fields: object) =>
  body<Client>(
    api.PATCH('/api/v1/clients/{client_id}', {
      params: { path: { client_id: id }, header: ifMatch(version) },
      body: fields as { full_name?: string },
    }),
  );

export function useUpdateClient() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, fields }: { id: string; version: number; fields: ClientFields }) =>
      updateClient(id, version, fields),
    onSuccess: (updated) => keepClient(client, updated),
  });
}

export function useArchiveClient() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, archived }: { id: string; version: number; archived: boolean }) =>
      body<Client>(
        archived
          ? api.POST('/api/v1/clients/{client_id}/archive', {
              params: { path: { client_id: id } },
              body: { version },
            })
          : api.POST('/api/v1/clients/{client_id}/restore', {
              params: { path: { client_id: id } },
              body: { version },
            }),
      ),
    onSuccess: (updated) => keepClient(client, updated),
  });
}

export function useMarkDistinct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, other_id }: { id: string; other_id: string }) =>
      body<void>(
        api.POST('/api/v1/clients/{client_id}/distinct', {
          params: { path: { client_id: id } },
          body: { other_id },
        }),
      ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['clients', 'duplicates'] }),
  });
}

function keepClient(client: ReturnType<typeof useQueryClient>, updated: Client) {
  client.setQueryData(['clients', 'one', updated.id], updated);
  void client.invalidateQueries({ queryKey: ['clients', 'list'] });
  void client.invalidateQueries({ queryKey: ['history', 'client', updated.id] });
}
