import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../api';
import { api, body, ifMatch } from '../http';
import type { ListReply, Resource } from '../list/resource';
import type { Money } from '../money';
import type { Capability } from '../types';
import { present } from './deals';

type Schemas = components['schemas'];
type With<T, K extends keyof T> = T & Required<Pick<T, K>>;

export type PaymentType = Schemas['PaymentType'];
export type PaymentStatus = Schemas['PaymentStatus'];
export type Product = Schemas['Product'];
export type Payment = Omit<
  With<
    Schemas['Payment'],
    'id' | 'number' | 'deal_id' | 'policy_id' | 'type' | 'status' | 'planned_date' | 'version'
  >,
  'amount' | 'can' | 'allowed_statuses'
> & { amount: Money; can?: Capability[]; allowed_statuses?: PaymentStatus[] };
export type PaymentVersion = With<Schemas['PaymentVersion'], 'version' | 'at' | 'action'>;
export type Explanation = Schemas['PaymentExplanation'];
export type PlanFact = Schemas['PlanFact'];
export type PlanFactRow = Schemas['PlanFactRow'];
export type CommissionRule = With<
  Schemas['CommissionRule'],
  'id' | 'kind' | 'valid_from' | 'version'
>;
export type RulePreview = Schemas['PreviewCommissionRulesReply'];

export const paymentTypes = [
  'client_premium',
  'commission_income',
  'client_discount',
  'executor_fee',
] as const satisfies readonly PaymentType[];
export const paymentStatuses = [
  'planned',
  'expected',
  'received',
  'paid_out',
] as const satisfies readonly PaymentStatus[];

/** Whether a step goes back: such a step needs a note. */
export const isBack = (payment: Payment, status: PaymentStatus) =>
  paymentStatuses.indexOf(status) < paymentStatuses.indexOf(payment.status);
export const products = [
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

/** The contract leaves out an absent sum; on screen it is a zero. */
export const moneyOf = (money: { amount?: string; currency?: string } | undefined): Money => ({
  amount: money?.amount ?? '0.00',
  currency: money?.currency ?? 'RUB',
});

const path = (id: string) => ({ params: { path: { payment_id: id } } });
const getPayment = (id: string) =>
  body<Payment>(api.GET('/api/v1/payments/{payment_id}', path(id)));

export const paymentResource: Resource<Payment> = {
  name: 'payments',
  list: (query) =>
    body<ListReply>(api.GET('/api/v1/payments', { params: { query: present(query) } })),
  get: getPayment,
};
export const paymentQuery = (id: string) =>
  queryOptions({ queryKey: ['payments', 'one', id], queryFn: () => getPayment(id) });

/** All payments of a deal on one time line. */
export const dealPaymentsQuery = (dealId: string) =>
  queryOptions({
    queryKey: ['payments', 'whole', 'deal', dealId],
    queryFn: async () => {
      const reply = await body<{ payments?: Payment[] }>(
        api.GET('/api/v1/payments', {
          params: {
            query: {
              filter: `deal_id = "${dealId}"`,
              order_by: 'planned_date',
              page_size: 200,
            },
          },
        }),
      );
      return reply.payments ?? [];
    },
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['payments', 'versions', id],
    queryFn: async () => {
      const reply = await body<{ versions?: PaymentVersion[] }>(
        api.GET('/api/v1/payments/{payment_id}/versions', path(id)),
      );
      return reply.versions ?? [];
    },
  });
export const explanationQuery = (id: string) =>
  queryOptions({
    queryKey: ['payments', 'explanation', id],
    queryFn: () =>
      body<Explanation>(api.GET('/api/v1/payments/{payment_id}/explanation', path(id))),
  });

export interface PlanFactAsked {
  group_by?: string;
  from?: string;
  to?: string;
  filter?: string;
}
export const planFactQuery = (asked: PlanFactAsked) =>
  queryOptions({
    queryKey: ['payments', 'plan_fact', asked],
    queryFn: () =>
      body<PlanFact>(api.GET('/api/v1/payments/plan_fact', { params: { query: present(asked) } })),
  });

/** Everything about payments follows a change of one of them: lists, sums, versions. */
function usePaymentChange<Asked, Reply>(mutationFn: (asked: Asked) => Promise<Reply>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => void client.invalidateQueries({ queryKey: ['payments'] }),
  });
}

export interface NewPayment {
  policy_id: string;
  type: PaymentType;
  planned_date: string;
  amount: Money;
  payee_user_id?: string;
  notes?: string;
}
export const useCreatePayment = () =>
  usePaymentChange((fields: NewPayment) =>
    body<Payment>(api.POST('/api/v1/payments', { body: present(fields) as NewPayment })),
  );

export const useUpdatePayment = () =>
  usePaymentChange(({ payment, fields }: { payment: Payment; fields: object }) =>
    body<Payment>(
      api.PATCH('/api/v1/payments/{payment_id}', {
        params: { path: { payment_id: payment.id }, header: ifMatch(payment.version) },
        body: fields,
      }),
    ),
  );

interface StepAsked {
  payment: Payment;
  status: PaymentStatus;
  actual_date?: string | undefined;
  note?: string | undefined;
}
export const useMovePayment = () =>
  usePaymentChange(({ payment, status, actual_date, note }: StepAsked) =>
    body<Payment>(
      api.POST('/api/v1/payments/{payment_id}/transition', {
        ...path(payment.id),
        body: {
          status,
          version: payment.version,
          ...(actual_date && { actual_date }),
          ...(note && { note }),
        },
      }),
    ),
  );

export const useVoidPayment = () =>
  usePaymentChange(({ payment, reason }: { payment: Payment; reason: string }) =>
    body<Payment>(
      api.POST('/api/v1/payments/{payment_id}/void', {
        ...path(payment.id),
        body: { version: payment.version, reason },
      }),
    ),
  );

export interface BatchItem {
  id: string;
  version: number;
  amount?: Money;
  note?: string;
}
export interface BatchReply {
  results?: { id?: string; ok?: boolean; error?: string; payment?: Payment }[];
}
export const movePayments = (
  status: PaymentStatus,
  items: BatchItem[],
  more: { actual_date?: string; note?: string },
) => body<BatchReply>(api.POST('/api/v1/payments/batch', { body: { status, items, ...more } }));
