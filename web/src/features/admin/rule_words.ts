import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ruleInsurersQuery } from '@/lib/data/commission_rules';
import { type CommissionRule, moneyOf } from '@/lib/data/payments';
import { moneyText } from '@/parts/payment_bits';

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
      rule.rate_percent ? `${rule.rate_percent} %` : moneyText(moneyOf(rule.fixed_amount)),
  };
}
