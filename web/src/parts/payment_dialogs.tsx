import { useTranslation } from 'react-i18next';
import {
  isBack,
  type Payment,
  type PaymentStatus,
  paymentQuery,
  useMovePayment,
  useUpdatePayment,
  useVoidPayment,
} from '@/lib/data/payments';
import { useForm } from '@/lib/form';
import { typedAmount } from '@/lib/money';
import { queryClient } from '@/lib/query';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { parseAmount } from '@/lib/typed_number';
import { may } from '@/lib/types';
import { EditDialog } from '@/parts/edit_dialog';
import { useRevision } from '@/parts/revision';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea, TextField } from '@/ui/field';
import { AmountField } from '@/ui/number_fields';
import { moneyText } from './payment_bits';

interface DialogProps {
  payment: Payment;
  onClose: () => void;
}
/** The day that it came on, or why the step is taken back. */
export function MoveDialog({ payment, status, onClose }: DialogProps & { status: PaymentStatus }) {
  const { t } = useTranslation('money');
  const { today } = useSession();
  const move = useMovePayment();
  const back = isBack(payment, status);
  const form = useForm({ actual_date: back ? '' : today, note: '' });
  const submit = () => {
    if (back && !form.values.note.trim()) return form.refuse({ note: t('note_required') });
    if (!back && !form.values.actual_date) return form.refuse({ actual_date: t('day_required') });
    move.mutate(
      { payment, status, ...form.values },
      {
        onSuccess: () => {
          toast(t('saved'));
          onClose();
        },
        onError: form.fail,
      },
    );
  };
  return (
    <FormDialog
      title={back ? t(`back_to.${status}`) : t(`move_to.${status}`)}
      submit={back ? t(`back_to.${status}`) : t('confirm')}
      onClose={onClose}
      onSubmit={submit}
      busy={move.isPending}
      problem={form.problem}
    >
      <p>
        {payment.counterparty} · <b className="tabular">{moneyText(payment.amount)}</b>
      </p>
      {!back && (
        <DateField
          label={t('actual_date')}
          value={form.values.actual_date}
          onChange={(day) => form.set('actual_date', day ?? '')}
          today={today}
          leaning="past"
          error={form.errors.actual_date}
          autoFocus
        />
      )}
      <TextArea
        label={back ? t('note_why') : t('note')}
        value={form.values.note}
        onChange={(note) => form.set('note', note)}
        error={form.errors.note}
        maxLength={500}
        autoFocus={back}
      />
    </FormDialog>
  );
}

export function VoidDialog({ payment, onClose }: DialogProps) {
  const { t } = useTranslation('money');
  const cancel = useVoidPayment();
  const form = useForm({ reason: '' });
  const submit = () => {
    if (!form.values.reason.trim()) return form.refuse({ reason: t('reason_required') });
    cancel.mutate(
      { payment, reason: form.values.reason },
      { onSuccess: onClose, onError: form.fail },
    );
  };
  return (
    <FormDialog
      title={t('void_title', { number: payment.number })}
      submit={t('void')}
      tone="danger"
      onClose={onClose}
      onSubmit={submit}
      busy={cancel.isPending}
      problem={form.problem}
    >
      <p className="text-ink2">{t('void_text')}</p>
      <TextArea
        label={t('void_reason')}
        value={form.values.reason}
        onChange={(reason) => form.set('reason', reason)}
        error={form.errors.reason}
        maxLength={500}
        autoFocus
      />
    </FormDialog>
  );
}

interface PaymentForm {
  planned_date: string | undefined;
  amount: string;
  counterparty: string;
  notes: string;
  note: string;
}
const fieldsOf = (payment: Payment): Omit<PaymentForm, 'note'> => ({
  planned_date: payment.planned_date,
  amount: typedAmount(payment.amount.amount),
  counterparty: payment.counterparty ?? '',
  notes: payment.notes ?? '',
});

export function EditPayment({ payment, onClose }: DialogProps) {
  const { t } = useTranslation(['money', 'common']);
  const { today } = useSession();
  const update = useUpdatePayment();
  const form = useForm({ ...fieldsOf(payment), note: '' });
  const revision = useRevision<Payment, PaymentForm>({
    record: payment,
    fieldsOf: (of) => ({ ...fieldsOf(of), note: '' }),
    fresh: () => queryClient.fetchQuery({ ...paymentQuery(payment.id), staleTime: 0 }),
    send: ({ amount: typed, ...rest }, over) => {
      const amount = typed === undefined ? undefined : parseAmount(typed);
      const { currency } = payment.amount;
      const fields = { ...rest, ...(amount && { amount: { amount, currency } }) };
      return update.mutateAsync({ payment: over, fields });
    },
    onSaved: () => {
      toast(t('money:saved'));
      onClose();
    },
    onFailed: form.fail,
    onClose,
    nameOf: (field) => t(`money:${field as 'amount'}`),
  });
  if (revision.conflict) return revision.conflict;
  const amountMay = may(payment, 'update_amount');
  const submit = () => {
    const { amount } = form.changed();
    if (amount !== undefined && !parseAmount(amount)) {
      return form.refuse({ amount: t('money:amount_wrong') });
    }
    if (!form.values.planned_date) return form.refuse({ planned_date: t('money:day_required') });
    if (!form.dirty) return onClose();
    revision.save(form.changed());
  };
  return (
    <EditDialog
      title={t('money:edit_title', { number: payment.number })}
      onClose={onClose}
      onSubmit={submit}
      busy={revision.busy}
      form={form}
    >
      <DateField
        label={t('money:planned_date')}
        value={form.values.planned_date}
        onChange={(day) => form.set('planned_date', day)}
        today={today}
        error={form.errors.planned_date}
        autoFocus
      />
      <AmountField
        label={t('money:amount')}
        value={form.values.amount}
        onChange={(amount) => form.set('amount', amount)}
        error={form.errors.amount}
        isDisabled={!amountMay}
        currency={payment.amount.currency}
        hint={amountMay ? undefined : t('money:amount_by_schedule')}
      />
      <TextField
        label={t('money:counterparty')}
        value={form.values.counterparty}
        onChange={(counterparty) => form.set('counterparty', counterparty)}
        error={form.errors.counterparty}
        maxLength={300}
      />
      <TextArea
        label={t('money:notes')}
        value={form.values.notes}
        onChange={(notes) => form.set('notes', notes)}
        error={form.errors.notes}
        maxLength={2000}
      />
      <TextField
        label={t('money:note_why')}
        value={form.values.note}
        onChange={(note) => form.set('note', note)}
        error={form.errors.note}
        maxLength={500}
      />
    </EditDialog>
  );
}
