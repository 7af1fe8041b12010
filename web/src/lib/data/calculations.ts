import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../api';
import { api, body, ifMatch } from '../http';
import { present } from './deals';

type Schemas = components['schemas'];
type With<T, K extends keyof T> = T & Required<Pick<T, K>>;
export type CalculationStatus = Schemas['CalculationStatus'];
export type Product = Schemas['Product'];
export type CalculationTerms = Partial<Schemas['CalculationTerms']>;
export interface TermLine {
  name: string;
  value?: string;
}
export type Calculation = Omit<
  With<Schemas['Calculation'], 'id' | 'deal_id' | 'insurer_id' | 'product' | 'status' | 'version'>,
  'allowed_statuses' | 'terms' | 'extra_terms'
> & {
  allowed_statuses?: CalculationStatus[];
  terms?: CalculationTerms;
  extra_terms?: TermLine[];
};
export type ComparisonRow = With<Schemas['ComparisonRow'], 'key' | 'kind'>;
export type ComparisonCell = Partial<Schemas['ComparisonCell']>;
export interface Comparison {
  calculations: Calculation[];
  rows: ComparisonRow[];
}
export type Offer = With<Schemas['Offer'], 'id' | 'number' | 'offered_on'>;
export type Language = Schemas['Language'];
export type Insurer = With<Schemas['Insurer'], 'id' | 'name'>;

/** So many stand beside each other at once. */
export const comparedAtOnce = 8;
const rank: Record<CalculationStatus, number> = {
  chosen: 0,
  ready: 1,
  draft: 2,
  expired: 3,
  declined: 4,
};

/** The quotes of a deal: those in play first, each group in the order they were made. */
export const dealCalculationsQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['calculations', 'deal', dealId],
    queryFn: async () => {
      const page = await body<{ calculations?: Calculation[] }>(
        api.GET('/api/v1/calculations', {
          params: {
            query: { filter: `deal_id = "${dealId}"`, order_by: 'created_at', page_size: 200 },
          },
        }),
      );
      return (page.calculations ?? []).sort((one, other) => rank[one.status] - rank[other.status]);
    },
  });

/** Made anew whenever one of the quotes has a new version. */
export const comparisonQuery = (quotes: Calculation[]) => {
  const shown = quotes.slice(0, comparedAtOnce);
  return queryOptions({
    queryKey: ['calculations', 'compare', shown.map(({ id, version }) => `${id}:${version}`)],
    queryFn: () =>
      body<Comparison>(
        api.POST('/api/v1/calculations/compare', {
          body: { calculation_ids: shown.map(({ id }) => id) },
        }),
      ),
    enabled: shown.length > 0,
  });
};

export const offersQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['calculations', 'offers', dealId],
    queryFn: () =>
      body<{ offers?: Offer[] }>(
        api.GET('/api/v1/deals/{deal_id}/offers', {
          params: { path: { deal_id: dealId }, query: { page_size: 50 } },
        }),
      ),
  });

export const activeInsurersQuery = queryOptions({
  queryKey: ['insurers', 'active'],
  queryFn: async () => {
    const page = await body<{ insurers?: Insurer[] }>(
      api.GET('/api/v1/insurers', { params: { query: { page_size: 200 } } }),
    );
    return (page.insurers ?? []).filter((insurer) => insurer.active);
  },
  staleTime: 300_000,
});

function refresh(client: QueryClient, dealId: string) {
  void client.invalidateQueries({ queryKey: ['calculations', 'deal', dealId] });
  void client.invalidateQueries({ queryKey: ['deals', 'one', dealId] });
  void client.invalidateQueries({ queryKey: ['deals', 'timeline', dealId] });
  void client.invalidateQueries({ queryKey: ['deals', 'board'] });
}

export type CalculationFields = Record<string, unknown>;

/** A new quote, or changed fields of one; null clears a field. */
export function useSaveCalculation(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      quote,
      fields,
    }: {
      quote?: Calculation | undefined;
      fields: CalculationFields;
    }) =>
      body<Calculation>(
        quote
          ? api.PATCH('/api/v1/calculations/{calculation_id}', {
              params: { path: { calculation_id: quote.id }, header: ifMatch(quote.version) },
              body: fields as { program?: string },
            })
          : api.POST('/api/v1/calculations', {
              body: {
                deal_id: dealId,
                ...(present(fields) as { insurer_id: string; product: Product }),
              },
            }),
      ),
    onSuccess: () => refresh(client, dealId),
  });
}

export function useMoveCalculation(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ quote, status }: { quote: Calculation; status: CalculationStatus }) =>
      body<Calculation>(
        api.POST('/api/v1/calculations/{calculation_id}/transition', {
          params: { path: { calculation_id: quote.id } },
          body: { status, version: quote.version },
        }),
      ),
    onSettled: () => refresh(client, dealId),
  });
}

export function useCopyCalculation(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (quote: Calculation) =>
      body<Calculation>(
        api.POST('/api/v1/calculations/{calculation_id}/copy', {
          params: { path: { calculation_id: quote.id } },
          body: {},
        }),
      ),
    onSuccess: () => refresh(client, dealId),
  });
}

export interface NewOffer {
  calculation_ids: string[];
  rows: string[];
  language: Language;
}
export function useCreateOffer(dealId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (offer: NewOffer) =>
      body<Offer>(
        api.POST('/api/v1/deals/{deal_id}/offers', {
          params: { path: { deal_id: dealId } },
          body: offer,
        }),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['calculations', 'offers', dealId] });
      void client.invalidateQueries({ queryKey: ['deals', 'timeline', dealId] });
    },
  });
}

/** Saves an offer on paper under its number. */
export async function downloadOffer(offer: Offer, language?: Language) {
  const file = await body<Blob>(
    api.GET('/api/v1/offers/{offer_id}/pdf', {
      params: { path: { offer_id: offer.id }, query: present({ language }) },
      parseAs: 'blob',
    }),
  );
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = `${offer.number.replace('/', '-')}.pdf`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
