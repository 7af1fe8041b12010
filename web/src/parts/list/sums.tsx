import { useTranslation } from 'react-i18next';
import { currentLocale } from '@/lib/i18n';
import type { ListSum } from '@/lib/list/resource';
import { formatMoney } from '@/lib/money';

/** One field's sums, a sum of each currency that occurs. */
export function sumText(sums: ListSum[] | undefined, field: string): string | undefined {
  const found = sums?.filter((sum) => sum.field === field) ?? [];
  const texts = found.map(({ amount }) =>
    formatMoney(
      { amount: amount?.amount ?? '0', currency: amount?.currency ?? 'RUB' },
      currentLocale(),
    ),
  );
  return texts.join(' + ') || undefined;
}

interface SumNoteProps {
  columns: { id: string; label: string; sum?: string }[];
  sums: ListSum[] | undefined;
}
/** «· премия 2 410 000 ₽»: what the columns with sums add up to. */
export function SumNote({ columns, sums }: SumNoteProps) {
  const { t } = useTranslation('list');
  return columns.map((column) => {
    const text = column.sum && sumText(sums, column.sum);
    return text && <span key={column.id}> · {t('sum_note', { column: column.label, text })}</span>;
  });
}
