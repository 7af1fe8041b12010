import type { RuleFields } from '@/lib/data/commission_rules';
import type { CommissionRule } from '@/lib/data/payments';
import { parseAmount, parsePercent } from '@/lib/typed_number';

/** Stands for «whatever insurer», «whatever product»: a choice of its own, not an empty one. */
export const any = 'any';

export interface RuleForm {
  insurer_id: string;
  product: string;
  kind: 'any' | 'new' | 'renewal';
  /** A rule pays a share of the premium or one sum, never both. */
  pays: 'rate' | 'sum';
  rate_percent: string;
  fixed_amount: string;
  valid_from: string | undefined;
  valid_to: string | undefined;
  payout_days: string;
}
export const formOf = (rule: CommissionRule | undefined, today: string): RuleForm => ({
  insurer_id: rule?.insurer_id ?? any,
  product: rule?.product ?? any,
  kind: (rule?.kind ?? 'any') as RuleForm['kind'],
  pays: rule?.fixed_amount ? 'sum' : 'rate',
  rate_percent: rule?.rate_percent ?? '',
  fixed_amount: rule?.fixed_amount?.amount ?? '',
  valid_from: rule?.valid_from ?? today,
  valid_to: rule?.valid_to,
  payout_days: String(rule?.payout_days ?? 30),
});

export const wrongWords = {
  rate_percent: 'rate_wrong',
  fixed_amount: 'amount_wrong',
  valid_from: 'day_required',
  payout_days: 'days_wrong',
} as const;

/** The first field that cannot be sent as it is. */
export function wrongField(values: RuleForm): keyof typeof wrongWords | undefined {
  if (values.pays === 'rate' && !parsePercent(values.rate_percent)) return 'rate_percent';
  if (values.pays === 'sum' && !parseAmount(values.fixed_amount)) return 'fixed_amount';
  if (!values.valid_from) return 'valid_from';
  return /^\d{1,3}$/.test(values.payout_days.trim()) ? undefined : 'payout_days';
}

/** What the API takes: one of rate and sum, the other taken away. */
export function sent(values: RuleForm): RuleFields {
  const open = (value: string) => (value === any ? null : value);
  const amount = parseAmount(values.fixed_amount) ?? '0';
  const pays =
    values.pays === 'rate'
      ? { rate_percent: parsePercent(values.rate_percent), fixed_amount: null }
      : { rate_percent: null, fixed_amount: { amount, currency: 'RUB' } };
  return {
    insurer_id: open(values.insurer_id),
    product: open(values.product),
    kind: values.kind,
    ...pays,
    valid_from: values.valid_from,
    valid_to: values.valid_to ?? null,
    payout_days: Number(values.payout_days),
  } as unknown as RuleFields;
}
