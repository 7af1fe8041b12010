import { useTranslation } from 'react-i18next';
import type { Insurer } from '@/lib/data/calculations';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money } from '@/lib/money';
import type { FieldWords } from '@/parts/conflict';

const names = {
  insurer_id: 'insurer',
  product: 'product_label',
  program: 'program',
  premium: 'row.premium',
  coverage_sum: 'row.coverage_sum',
  deductible: 'row.deductible',
  commission_rate: 'commission_rate',
  valid_until: 'row.valid_until',
  comments: 'comments',
} as const;
const money = ['premium', 'coverage_sum', 'deductible'];

/** The fields of a quote as its form names them, where two states stand side by side. */
export function useFieldWords(insurers: Insurer[] | undefined): FieldWords {
  const { t } = useTranslation('calculations');
  const nameOf = (field: string) => t(names[field as keyof typeof names] ?? 'row_head');
  const show = (field: string, value: unknown) => {
    if (money.includes(field) && value) return formatMoney(value as Money, currentLocale(), true);
    if (field === 'product') return t(`product.${value as 'kasko'}`);
    if (field !== 'insurer_id') return undefined;
    const insurer = insurers?.find(({ id }) => id === value);
    return insurer?.short_name || insurer?.name;
  };
  return { nameOf, show };
}
