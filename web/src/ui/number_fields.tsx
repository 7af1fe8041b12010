import { useTranslation } from 'react-i18next';
import { currentLocale } from '@/lib/i18n';
import { formatMoney } from '@/lib/money';
import { parsePercent, readAmount } from '@/lib/typed_number';
import { type FieldProps, TextField } from './field';

interface AmountFieldProps extends FieldProps {
  value: string;
  currency?: string | undefined;
}
/** A sum as people type and paste it. Below stands what was understood, or why nothing was. */
export function AmountField({ currency = 'RUB', hint, error, ...field }: AmountFieldProps) {
  const { t } = useTranslation();
  const read = field.value.trim() ? readAmount(field.value) : undefined;
  const understood =
    read?.amount === undefined
      ? undefined
      : formatMoney({ amount: read.amount, currency }, currentLocale());
  return (
    <TextField
      autoComplete="off"
      {...field}
      inputMode="decimal"
      data-unread={read?.problem}
      hint={hint ?? understood}
      error={read?.problem ? t(`amount_problem.${read.problem}`) : error}
    />
  );
}

/** A share of a hundred, with the comma or the dot. */
export function PercentField({ error, ...field }: FieldProps & { value: string }) {
  const { t } = useTranslation();
  const wrong = field.value.trim() !== '' && parsePercent(field.value) === undefined;
  return (
    <TextField
      autoComplete="off"
      {...field}
      inputMode="decimal"
      data-unread={wrong || undefined}
      error={wrong ? t('percent_wrong') : error}
    />
  );
}
