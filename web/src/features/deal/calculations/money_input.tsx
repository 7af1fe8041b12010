import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money, parseAmount, typedAmount } from '@/lib/money';
import { TextField } from '@/ui/field';

interface MoneyInputProps {
  label: string;
  hint?: string | undefined;
  value: Money | undefined;
  onChange: (value: Money | undefined) => void;
  error?: string | undefined;
}
/** A sum as people type and paste it: «84 250,50 руб.». Below stands what was understood. */
export function MoneyInput({ label, hint, value, onChange, error }: MoneyInputProps) {
  const { t } = useTranslation('calculations');
  const [text, setText] = useState(value ? typedAmount(value.amount.replace(/\.00$/, '')) : '');
  const wrong = text.trim() !== '' && parseAmount(text) === undefined;
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={text}
      onChange={(typed) => {
        setText(typed);
        const amount = parseAmount(typed);
        onChange(amount ? { amount, currency: value?.currency ?? 'RUB' } : undefined);
      }}
      hint={value && !wrong ? formatMoney(value, currentLocale()) : hint}
      error={wrong ? t('not_money') : error}
      autoComplete="off"
    />
  );
}
