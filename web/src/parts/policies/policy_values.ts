import type { Calculation } from '@/lib/data/calculations';
import type { PaymentRoute, Policy, Product } from '@/lib/data/policies';
import { lastOfYear } from '@/lib/dates';
import { type Money, typedAmount } from '@/lib/money';
import { parseAmount, parsePercent } from '@/lib/typed_number';
import { inParts, instalmentsOf, type Part, partsOf } from './schedule';

/** What is typed in the form of a policy. */
export interface Values {
  insurer_id: string | undefined;
  product: Product;
  number: string;
  program: string;
  effective_from: string | undefined;
  effective_to: string | undefined;
  premium: string;
  coverage_sum: string;
  instalments: Part[];
  payment_route: PaymentRoute;
  commission_rate: string;
}
const typed = (money: Money | undefined) =>
  money && money.amount !== '0.00' ? typedAmount(money.amount) : '';
export const valuesOf = (policy: Policy | undefined, today: string): Values => ({
  insurer_id: policy?.insurer_id,
  product: policy?.product ?? 'kasko',
  number: policy?.number ?? '',
  program: policy?.program ?? '',
  effective_from: policy?.effective_from ?? today,
  effective_to: policy?.effective_to,
  premium: typed(policy?.premium),
  coverage_sum: typed(policy?.coverage_sum),
  instalments: partsOf(policy?.instalments),
  payment_route: policy?.payment_route ?? 'gross',
  commission_rate: typedAmount(policy?.commission_rate ?? ''),
});

export const money = (text: string, currency: string): Money | undefined => {
  const amount = parseAmount(text);
  return amount ? { amount, currency } : undefined;
};

/** A policy goes with all of its schedule; whom it is from changes only while it is a draft. */
export const sent = (values: Values, draft: boolean, currency: string) => ({
  ...(draft && { insurer_id: values.insurer_id, product: values.product }),
  number: values.number || null,
  program: values.program || null,
  effective_from: values.effective_from ?? null,
  effective_to: values.effective_to ?? null,
  premium: money(values.premium, currency) ?? null,
  coverage_sum: money(values.coverage_sum, currency) ?? null,
  instalments: instalmentsOf(values.instalments, currency),
  payment_route: values.payment_route,
  commission_rate: parsePercent(values.commission_rate) ?? null,
});

/** A new policy runs for a year; a chosen quote gives it all that the quote says. */
export function begun(today: string, product: Product, quote: Calculation | undefined): Values {
  const blank = { ...valuesOf(undefined, today), product, effective_to: lastOfYear(today) };
  if (!quote) return blank;
  const premium = quote.premium as Money | undefined;
  const parts = quote.terms?.instalment_count ?? 1;
  return {
    ...blank,
    insurer_id: quote.insurer_id,
    product: quote.product as Product,
    program: quote.program ?? '',
    premium: typed(premium),
    coverage_sum: typed(quote.coverage_sum as Money | undefined),
    commission_rate: typedAmount(quote.commission_rate ?? ''),
    instalments: premium ? inParts(premium, Math.max(parts, 1), today, blank.effective_to) : [],
  };
}
