import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, Problem } from '../http';
import type { BatchDone } from '../list/batch';
import type { Deal } from '../types';
import { type Policy, refreshPolicy } from './policies';

export function useRenewPolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Policy) =>
      body<Policy>(
        api.POST('/api/v1/policies/{policy_id}/renew', {
          params: { path: { policy_id: id } },
          body: {},
        }),
      ),
    onSuccess: (draft, policy) => {
      refreshPolicy(client, draft);
      void client.invalidateQueries({ queryKey: ['policies', 'one', policy.id] });
    },
  });
}

/** The deal in which the policy is renewed; there is one at a time, so a late click shows that one. */
export function useOpenRenewalDeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Policy) =>
      body<Deal>(
        api.POST('/api/v1/policies/{policy_id}/renewal_deal', {
          params: { path: { policy_id: id } },
          body: {},
        }),
      ),
    onSuccess: (deal) => {
      client.setQueryData(['deals', 'one', deal.id], deal);
      void client.invalidateQueries({ queryKey: ['deals'] });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['policies'] }),
  });
}

type BatchItem = { id: string };
interface BatchReply {
  results?: { id?: string; ok?: boolean; error?: string }[];
  undo?: { id?: string }[];
}
async function sendBatch(action: 'renew' | 'discard_renewal', items: BatchItem[]) {
  const { results = [], undo = [] } = await body<BatchReply>(
    api.POST('/api/v1/policies/batch', { body: { action, items } }),
  );
  return {
    results: results.map(({ id = '', ok = false, error }) => ({
      id,
      ok,
      ...(error && { code: error }),
    })),
    undo: undo.map(({ id = '' }) => ({ id })),
  };
}
/** Drafts that continue the policies; each answers for itself, and all can be returned. */
export async function renewPolicies(policies: Policy[]): Promise<BatchDone> {
  const { results, undo } = await sendBatch(
    'renew',
    policies.map(({ id }) => ({ id })),
  );
  return {
    results,
    ...(undo.length > 0 && { undo: () => sendBatch('discard_renewal', undo) }),
  };
}
/** Takes a renewal back while nobody has touched its draft. */
export function useReturnRenewal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id }: Policy) => {
      const { results } = await sendBatch('discard_renewal', [{ id }]);
      const refused = results.find(({ ok }) => !ok);
      if (refused) throw new Problem(409, refused.code ? { code: refused.code } : {});
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['policies'] }),
  });
}
