import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '@/lib/data/payments';
import { useForm } from '@/lib/form';
import { fromMinor, toMinor, typedAmount } from '@/lib/money';
import { useSession } from '@/lib/session';
import { parseAmount } from '@/lib/typed_number';
import { may } from '@/lib/types';
import { moneyText } from '@/parts/payment_bits';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { AmountField } from '@/ui/number_fields';

export interface Confirmed {
  actual_date: string;
  note: string;
  amounts: { id: string; amount: string }[];
}
interface ConfirmDialogProps {
  payments: Payment[];
  onConfirm: (confirmed: Confirmed) => void;
  onClose: () => void;
}
/** One dialog for all rows: the day, the sum of each as planned, and a note when one differs. */
export function ConfirmDialog({ payments, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation('money');
  const { today } = useSession();
  const fit = payments.filter(
    (payment) => payment.status === 'expected' && !payment.voided && may(payment, 'confirm'),
  );
  const form = useForm({ actual_date: today, note: '' });
  const [typed, setTyped] = useState<Record<string, string>>({});
  const amountOf = (payment: Payment) => {
    const text = typed[payment.id];
    return text === undefined ? payment.amount.amount : parseAmount(text);
  };
  const differs = fit.some((payment) => amountOf(payment) !== payment.amount.amount);
  const submit = () => {
    const { actual_date, note } = form.values;
    if (!actual_date) return form.refuse({ actual_date: t('day_required') });
    if (differs && !note.trim()) return form.refuse({ note: t('note_differs') });
    const amounts = fit.map((payment) => ({ id: payment.id, amount: amountOf(payment) }));
    if (amounts.some(({ amount }) => amount === undefined)) return;
    onConfirm({ actual_date, note, amounts: amounts as Confirmed['amounts'] });
  };
  return (
    <FormDialog
      title={t('confirm_receipt')}
      submit={t('confirm')}
      onClose={onClose}
      onSubmit={submit}
      problem={fit.length === 0 ? t('nothing_to_confirm') : undefined}
      wide
    >
      <DateField
        label={t('actual_date')}
        value={form.values.actual_date}
        onChange={(day) => form.set('actual_date', day ?? '')}
        today={today}
        leaning="past"
        error={form.errors.actual_date}
        autoFocus
      />
      <ul className="flex flex-col divide-y divide-line">
        {fit.map((payment) => (
          <li key={payment.id} className="flex flex-wrap items-center gap-3 py-2">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{payment.client_name}</span>
              <span className="block truncate text-small text-ink2">
                {t(`type_is.${payment.type}`)} · {payment.policy_number} ·{' '}
                {moneyText(payment.amount)}
              </span>
            </span>
            <SumField
              payment={payment}
              text={typed[payment.id]}
              amount={amountOf(payment)}
              onChange={(text) => setTyped((known) => ({ ...known, [payment.id]: text }))}
            />
          </li>
        ))}
      </ul>
      <TextField
        label={differs ? t('note_why') : t('note')}
        value={form.values.note}
        onChange={(note) => form.set('note', note)}
        error={form.errors.note}
        maxLength={500}
      />
    </FormDialog>
  );
}

interface SumFieldProps {
  payment: Payment;
  text: string | undefined;
  amount: string | undefined;
  onChange: (text: string) => void;
}
function SumField({ payment, text, amount, onChange }: SumFieldProps) {
  const { t } = useTranslation('money');
  const planned = payment.amount;
  const fixed = payment.type === 'client_premium';
  const gap = amount === undefined ? 0n : toMinor(amount) - toMinor(planned.amount);
  const hint =
    gap === 0n
      ? undefined
      : t('difference', {
          sum: moneyText({ amount: fromMinor(gap), currency: planned.currency }),
        });
  return (
    <AmountField
      label={t('came', { name: payment.number })}
      hideLabel
      value={text ?? typedAmount(planned.amount)}
      onChange={onChange}
      isDisabled={fixed}
      hint={(fixed ? t('amount_by_schedule') : hint) ?? ''}
      error={amount === undefined ? t('amount_wrong') : undefined}
      className="w-44"
    />
  );
}
