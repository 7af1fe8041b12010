import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Payment,
  type PaymentStatus,
  paymentStatuses,
  useMovePayment,
  useUpdatePayment,
  useVoidPayment,
} from '@/lib/data/payments';
import { useForm } from '@/lib/form';
import { toastFailure } from '@/lib/messages';
import { parseAmount } from '@/lib/money';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { useUnsavedGuard } from '@/parts/conflict';
import { Button } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea, TextField } from '@/ui/field';
import { Lock } from '@/ui/icons';
import { moneyText } from './payment_bits';

type Asked = { what: 'edit' | 'void' } | { what: 'move'; status: PaymentStatus };

const isBack = (payment: Payment, status: PaymentStatus) =>
  paymentStatuses.indexOf(status) < paymentStatuses.indexOf(payment.status);

/** What may be done with a payment now; who may not confirm sees who can. */
export function PaymentActions({ payment }: { payment: Payment }) {
  const { t } = useTranslation(['money', 'common']);
  const [asked, setAsked] = useState<Asked>();
  const move = useMovePayment();
  const steps = payment.allowed_statuses ?? [];
  const locked = payment.status === 'expected' && !payment.voided && !may(payment, 'confirm');
  const step = (status: PaymentStatus) => {
    if (status === 'received' || isBack(payment, status)) setAsked({ what: 'move', status });
    else
      move.mutate(
        { payment, status },
        { onSuccess: () => toast(t('money:saved')), onError: toastFailure },
      );
  };
  const close = () => setAsked(undefined);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {steps.map((status) => {
        const back = isBack(payment, status);
        const words = back ? t(`money:back_to.${status}`) : t(`money:move_to.${status}`);
        return (
          <Button
            key={status}
            variant={back ? 'quiet' : 'plain'}
            isPending={move.isPending}
            onPress={() => step(status)}
          >
            {words}
          </Button>
        );
      })}
      {locked && (
        <span className="inline-flex items-center gap-1 text-small text-ink2">
          <Lock />
          {t('money:only_finance')}
        </span>
      )}
      {may(payment, 'update') && (
        <Button variant="quiet" onPress={() => setAsked({ what: 'edit' })}>
          {t('common:edit')}
        </Button>
      )}
      {may(payment, 'void') && (
        <Button variant="quiet" onPress={() => setAsked({ what: 'void' })}>
          {t('money:void')}
        </Button>
      )}
      {asked?.what === 'edit' && <EditPayment payment={payment} onClose={close} />}
      {asked?.what === 'void' && <VoidDialog payment={payment} onClose={close} />}
      {asked?.what === 'move' && (
        <MoveDialog payment={payment} status={asked.status} onClose={close} />
      )}
    </div>
  );
}

interface DialogProps {
  payment: Payment;
  onClose: () => void;
}
function MoveDialog({ payment, status, onClose }: DialogProps & { status: PaymentStatus }) {
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

function VoidDialog({ payment, onClose }: DialogProps) {
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

function EditPayment({ payment, onClose }: DialogProps) {
  const { t } = useTranslation(['money', 'common']);
  const { today } = useSession();
  const update = useUpdatePayment();
  const form = useForm({
    planned_date: payment.planned_date as string | undefined,
    amount: payment.amount.amount,
    counterparty: payment.counterparty ?? '',
    notes: payment.notes ?? '',
    note: '',
  });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const amountMay = may(payment, 'update_amount');
  const submit = () => {
    const { amount: typed, ...rest } = form.changed();
    const amount = typed === undefined ? undefined : parseAmount(typed);
    if (typed !== undefined && !amount) return form.refuse({ amount: t('money:amount_wrong') });
    if (!form.values.planned_date) return form.refuse({ planned_date: t('money:day_required') });
    if (!form.dirty) return onClose();
    const fields = {
      ...rest,
      ...(amount && { amount: { amount, currency: payment.amount.currency } }),
    };
    update.mutate(
      { payment, fields },
      {
        onSuccess: () => {
          toast(t('money:saved'));
          onClose();
        },
        onError: form.fail,
      },
    );
  };
  return (
    <FormDialog
      title={t('money:edit_title', { number: payment.number })}
      submit={t('common:save')}
      onClose={guard.close}
      onSubmit={submit}
      busy={update.isPending}
      problem={form.problem}
      extra={form.dirty && <span className="mr-auto text-warn">{t('common:unsaved')}</span>}
    >
      <DateField
        label={t('money:planned_date')}
        value={form.values.planned_date}
        onChange={(day) => form.set('planned_date', day)}
        today={today}
        error={form.errors.planned_date}
        autoFocus
      />
      <TextField
        label={t('money:amount')}
        value={form.values.amount}
        onChange={(amount) => form.set('amount', amount)}
        error={form.errors.amount}
        isDisabled={!amountMay}
        hint={amountMay ? undefined : t('money:amount_by_schedule')}
        inputMode="decimal"
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
      {guard.question}
    </FormDialog>
  );
}
