import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type RuleInsurer, ruleInsurersQuery } from '@/lib/data/commission_rules';
import { type CommissionRule, moneyOf } from '@/lib/data/payments';
import { currentLocale } from '@/lib/i18n';
import { formatPercent } from '@/lib/money';
import type { FieldWords } from '@/parts/conflict';
import { dayText, moneyText } from '@/parts/payment_bits';
import { any } from './rule_form';

/** What a rule says, in words. */
export function useRuleWords() {
  const { t } = useTranslation('money');
  const { data } = useQuery(ruleInsurersQuery);
  return {
    insurer: (rule: CommissionRule) =>
      rule.insurer_id
        ? (data?.find(({ id }) => id === rule.insurer_id)?.name ?? '…')
        : t('any_insurer'),
    product: (rule: CommissionRule) =>
      rule.product ? t(`product_is.${rule.product}`) : t('any_product'),
    kind: (rule: CommissionRule) => t(`kind_is.${rule.kind}`),
    rate: (rule: CommissionRule) =>
      rule.rate_percent
        ? formatPercent(rule.rate_percent, currentLocale())
        : moneyText(moneyOf(rule.fixed_amount)),
  };
}

const names = {
  insurer_id: 'insurer',
  product: 'product',
  kind: 'kind',
  pays: 'rate_or_sum',
  rate_percent: 'rate',
  fixed_amount: 'amount',
  valid_from: 'valid_from',
  valid_to: 'valid_to',
  payout_days: 'payout_days',
} as const;

/** The fields of a rule's form, where two states of it stand side by side. */
export function useFieldWords(insurers: RuleInsurer[]): FieldWords {
  const { t } = useTranslation('money');
  return {
    nameOf: (field) => t(names[field as keyof typeof names]),
    show: (field, value) => {
      const text = String(value ?? '');
      if (field === 'insurer_id') {
        return text === any ? t('any_insurer') : insurers.find(({ id }) => id === text)?.name;
      }
      if (field === 'product') {
        return text === any ? t('any_product') : t(`product_is.${text as 'kasko'}`);
      }
      if (field === 'kind') return t(`kind_is.${text as 'any'}`);
      if (field === 'pays') return t(text === 'sum' ? 'by_sum' : 'by_rate');
      if (field.startsWith('valid_') && text) return dayText(text);
      return undefined;
    },
  };
}
