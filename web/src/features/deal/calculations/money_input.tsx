import { useState } from 'react';
import { type Money, typedAmount } from '@/lib/money';
import { parseAmount } from '@/lib/typed_number';
import { AmountField } from '@/ui/number_fields';

interface MoneyInputProps {
  label: string;
  hint?: string | undefined;
  value: Money | undefined;
  onChange: (value: Money | undefined) => void;
  error?: string | undefined;
}
/** A field for a sum of a record; what is typed stays as it is typed. */
export function MoneyInput({ label, hint, value, onChange, error }: MoneyInputProps) {
  const [text, setText] = useState(value ? typedAmount(value.amount.replace(/\.00$/, '')) : '');
  return (
    <AmountField
      label={label}
      value={text}
      currency={value?.currency}
      onChange={(typed) => {
        setText(typed);
        const amount = parseAmount(typed);
        onChange(amount ? { amount, currency: value?.currency ?? 'RUB' } : undefined);
      }}
      hint={text.trim() ? undefined : hint}
      error={error}
    />
  );
}
