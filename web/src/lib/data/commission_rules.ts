import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, body, ifMatch } from '../http';
import type { ListReply, Resource } from '../list/resource';
import type { Money } from '../money';
import { present } from './deals';
import type { CommissionRule, Product, RulePreview } from './payments';

export const ruleResource: Resource<CommissionRule> = {
  name: 'commission_rules',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/commission_rules', { params: { query: present(query) } })),
};
export const ruleVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['commission_rules', 'versions', id],
    queryFn: async () => {
      const reply = await body<{ versions?: CommissionRule[] }>(
        api.GET('/api/v1/commission_rules/{rule_id}/versions', {
          params: { path: { rule_id: id } },
        }),
      );
      return reply.versions ?? [];
    },
  });

/** As it is now. */
export const fetchRule = (id: string) =>
  body<CommissionRule>(
    api.GET('/api/v1/commission_rules/{rule_id}', { params: { path: { rule_id: id } } }),
  );

export interface RuleInsurer {
  id: string;
  name: string;
}
export const ruleInsurersQuery = queryOptions({
  queryKey: ['insurers', 'names'],
  queryFn: async (): Promise<RuleInsurer[]> => {
    const reply = await body<{
      insurers?: { id?: string; name?: string; short_name?: string }[];
    }>(api.GET('/api/v1/insurers', { params: { query: { page_size: 200 } } }));
    return (reply.insurers ?? []).map(({ id = '', name = '', short_name }) => ({
      id,
      name: short_name || name,
    }));
  },
});

export interface RuleFields {
  insurer_id?: string;
  product?: Product;
  kind?: 'new' | 'renewal' | 'any';
  rate_percent?: string;
  fixed_amount?: Money;
  valid_from: string;
  valid_to?: string;
  payout_days?: number;
}
export function useSaveRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rule, fields }: { rule: CommissionRule | undefined; fields: RuleFields }) =>
      rule
        ? body<CommissionRule>(
            api.PATCH('/api/v1/commission_rules/{rule_id}', {
              params: { path: { rule_id: rule.id }, header: ifMatch(rule.version) },
              body: fields,
            }),
          )
        : body<CommissionRule>(
            api.POST('/api/v1/commission_rules', { body: present(fields) as RuleFields }),
          ),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['commission_rules'] }),
  });
}

export interface PreviewAsked {
  insurer_id: string;
  product: Product;
  kind: 'new' | 'renewal';
  premium?: Money;
  effective_from?: string;
}
export const previewQuery = (asked: PreviewAsked) =>
  queryOptions({
    queryKey: ['commission_rules', 'preview', asked],
    queryFn: () =>
      body<RulePreview>(api.POST('/api/v1/commission_rules/preview', { body: present(asked) })),
    enabled: asked.insurer_id !== '',
  });
