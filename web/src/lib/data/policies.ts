import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../api';
import { api, body, ifMatch } from '../http';
import { type ListReply, patchRows, type Resource, refreshLists } from '../list/resource';
import type { Money } from '../money';
import { present } from './deals';

type Schemas = components['schemas'];
type With<T, K extends keyof T> = T & Required<Pick<T, K>>;
export type PolicyStatus = Schemas['PolicyStatus'];
export type PaymentRoute = Schemas['PaymentRoute'];
export type Product = Schemas['Product'];
export type RenewalState = Schemas['RenewalState'];
export interface Instalment {
  id?: string;
  number?: number;
  due_on: string;
  amount: Money;
}
export type Policy = Omit<
  With<Schemas['Policy'], 'id' | 'deal_id' | 'insurer_id' | 'product' | 'status' | 'version'>,
  'premium' | 'coverage_sum' | 'renewal_premium' | 'instalments' | 'allowed_statuses'
> & {
  premium?: Money;
  renewal_premium?: Money;
  coverage_sum?: Money;
  instalments?: Instalment[];
  allowed_statuses?: PolicyStatus[];
};
export type Amendment = With<
  Schemas['Amendment'],
  'id' | 'policy_id' | 'description' | 'due_on' | 'status' | 'version'
>;

export const policyStatuses = [
  'draft',
  'active',
  'renewal_pending',
  'closed',
] as const satisfies readonly PolicyStatus[];
export const renewalStates = [
  'upcoming',
  'quoted',
  'drafted',
  'renewed',
  'lapsed',
] as const satisfies readonly RenewalState[];
export const paymentRoutes = ['gross', 'net', 'direct'] as const satisfies readonly PaymentRoute[];
export const policyProducts = [
  'osago',
  'kasko',
  'mortgage',
  'property',
  'dms',
  'ns',
  'travel',
  'liability',
  'cargo',
  'other',
] as const satisfies readonly Product[];

export const policyResource: Resource<Policy> = {
  name: 'policies',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/policies', { params: { query: present(query) } })),
  get: (id) =>
    body<Policy>(api.GET('/api/v1/policies/{policy_id}', { params: { path: { policy_id: id } } })),
};

export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', 'one', id],
    queryFn: () =>
      body<Policy>(
        api.GET('/api/v1/policies/{policy_id}', { params: { path: { policy_id: id } } }),
      ),
  });

/** The policies of a deal or of a client, the one that ends first on top. */
export const policiesOfQuery = (owner: 'deal_id' | 'client_id', id: string) =>
  queryOptions({
    queryKey: ['policies', owner, id],
    queryFn: async () => {
      const page = await body<{ policies?: Policy[] }>(
        api.GET('/api/v1/policies', {
          params: { query: { filter: `${owner} = "${id}"`, page_size: 200 } },
        }),
      );
      return page.policies ?? [];
    },
  });

export const chainQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', 'chain', id],
    queryFn: async () => {
      const reply = await body<{ policies?: Policy[] }>(
        api.GET('/api/v1/policies/{policy_id}/chain', { params: { path: { policy_id: id } } }),
      );
      return reply.policies ?? [];
    },
  });

export const amendmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', 'amendments', id],
    queryFn: async () => {
      const reply = await body<{ amendments?: Amendment[] }>(
        api.GET('/api/v1/policies/{policy_id}/amendments', { params: { path: { policy_id: id } } }),
      );
      return reply.amendments ?? [];
    },
  });

export const policyInsurersQuery = queryOptions({
  queryKey: ['insurers', 'policies'],
  queryFn: async () => {
    const page = await body<{ insurers?: With<Schemas['Insurer'], 'id' | 'name'>[] }>(
      api.GET('/api/v1/insurers', { params: { query: { page_size: 200 } } }),
    );
    return page.insurers ?? [];
  },
});

/** What a policy's change touches: its lists, its deal, the deal's history. */
export function refreshPolicy(client: QueryClient, policy: Policy) {
  client.setQueryData(['policies', 'one', policy.id], policy);
  patchRows<Policy>(client, 'policies', policy.id, () => policy);
  refreshLists(client, 'policies');
  for (const part of ['deal_id', 'client_id', 'chain']) {
    void client.invalidateQueries({ queryKey: ['policies', part] });
  }
  void client.invalidateQueries({ queryKey: ['deals'] });
  void client.invalidateQueries({ queryKey: ['payments'] });
  void client.invalidateQueries({ queryKey: ['history', 'policy', policy.id] });
}

export interface PolicyFields {
  calculation_id?: string;
  insurer_id?: string;
  product?: Product;
  program?: string | null;
  number?: string | null;
  effective_from?: string | null;
  effective_to?: string | null;
  premium?: Money | null;
  coverage_sum?: Money | null;
  instalments?: Instalment[];
  payment_route?: PaymentRoute;
  commission_rate?: string | null;
}
type Sent = Record<string, never>;

export function useSavePolicy(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ policy, fields }: { policy: Policy | undefined; fields: PolicyFields }) =>
      policy
        ? body<Policy>(
            api.PATCH('/api/v1/policies/{policy_id}', {
              params: { path: { policy_id: policy.id }, header: ifMatch(policy.version) },
              body: fields as Sent,
            }),
          )
        : body<Policy>(
            api.POST('/api/v1/policies', {
              body: { deal_id: dealId, ...present(fields) } as { deal_id: string },
            }),
          ),
    onSuccess: (policy) => refreshPolicy(client, policy),
  });
}

export function useActivatePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Policy) =>
      body<Policy>(
        api.POST('/api/v1/policies/{policy_id}/activate', {
          params: { path: { policy_id: id } },
          body: { version },
        }),
      ),
    onSuccess: (policy) => refreshPolicy(client, policy),
  });
}

export function useMovePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ policy, status }: { policy: Policy; status: PolicyStatus }) =>
      body<Policy>(
        api.POST('/api/v1/policies/{policy_id}/transition', {
          params: { path: { policy_id: policy.id } },
          body: { status, version: policy.version },
        }),
      ),
    onSuccess: (policy) => refreshPolicy(client, policy),
  });
}

export function useClosePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      policy,
      reason,
      closed_on,
    }: {
      policy: Policy;
      reason: string;
      closed_on: string;
    }) =>
      body<Policy>(
        api.POST('/api/v1/policies/{policy_id}/close', {
          params: { path: { policy_id: policy.id } },
          body: { version: policy.version, reason, closed_on },
        }),
      ),
    onSuccess: (policy) => refreshPolicy(client, policy),
  });
}

export function useSaveAmendment(policyId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      amendment,
      fields,
    }: {
      amendment: Amendment | undefined;
      fields: { description?: string; due_on?: string; status?: Amendment['status'] };
    }) =>
      amendment
        ? body<Amendment>(
            api.PATCH('/api/v1/policies/{policy_id}/amendments/{amendment_id}', {
              params: {
                path: { policy_id: policyId, amendment_id: amendment.id },
                header: ifMatch(amendment.version),
              },
              body: fields,
            }),
          )
        : body<Amendment>(
            api.POST('/api/v1/policies/{policy_id}/amendments', {
              params: { path: { policy_id: policyId } },
              body: fields as { description: string; due_on: string },
            }),
          ),
    onSuccess: () =>
      void client.invalidateQueries({ queryKey: ['policies', 'amendments', policyId] }),
  });
}
