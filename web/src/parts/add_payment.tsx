import { useTranslation } from 'react-i18next';
import { type PaymentType, paymentTypes, useCreatePayment } from '@/lib/data/payments';
import { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { parseAmount } from '@/lib/typed_number';
import { useUnsavedGuard } from '@/parts/conflict';
import { PersonSelect } from '@/parts/person_select';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { AmountField } from '@/ui/number_fields';
import { Select } from '@/ui/select';

export interface PolicyChoice {
  id: string;
  label: string;
  currency: string;
}
/** Premiums come from the schedule of their policy; all else is added by hand. */
const byHand = paymentTypes.filter((type) => type !== 'client_premium');

interface AddPaymentProps {
  policies: PolicyChoice[];
  onClose: () => void;
}
export function AddPayment({ policies, onClose }: AddPaymentProps) {
  const { t } = useTranslation(['money', 'common']);
  const { today } = useSession();
  const create = useCreatePayment();
  const form = useForm({
    policy_id: policies[0]?.id ?? '',
    type: 'client_discount' as PaymentType,
    planned_date: today as string | undefined,
    amount: '',
    payee_user_id: '',
    notes: '',
  });
  const guard = useUnsavedGuard(form.dirty, onClose);
  const { values, errors, set } = form;
  const fee = values.type === 'executor_fee';
  const submit = () => {
    const amount = parseAmount(values.amount);
    if (!amount) return form.refuse({ amount: t('money:amount_wrong') });
    if (!values.planned_date) return form.refuse({ planned_date: t('money:day_required') });
    if (fee && !values.payee_user_id)
      return form.refuse({ payee_user_id: t('money:payee_required') });
    const currency = policies.find(({ id }) => id === values.policy_id)?.currency ?? 'RUB';
    create.mutate(
      {
        policy_id: values.policy_id,
        type: values.type,
        planned_date: values.planned_date,
        amount: { amount, currency },
        notes: values.notes,
        ...(fee && { payee_user_id: values.payee_user_id }),
      },
      {
        onSuccess: () => {
          toast(t('money:added'));
          onClose();
        },
        onError: form.fail,
      },
    );
  };
  return (
    <FormDialog
      title={t('money:add')}
      submit={t('money:add')}
      onClose={guard.close}
      onSubmit={submit}
      busy={create.isPending}
      problem={form.problem}
    >
      <Select
        label={t('money:policy')}
        options={policies.map(({ id, label }) => ({ id, label }))}
        value={values.policy_id}
        onChange={(id) => set('policy_id', id)}
        error={errors.policy_id}
      />
      <Select
        label={t('money:type')}
        options={byHand.map((id) => ({ id, label: t(`money:type_is.${id}`) }))}
        value={values.type}
        onChange={(type) => set('type', type as PaymentType)}
        error={errors.type}
      />
      {fee && (
        <PersonSelect
          label={t('money:payee')}
          value={values.payee_user_id}
          onChange={(id) => set('payee_user_id', id)}
          error={errors.payee_user_id}
        />
      )}
      <AmountField
        label={t('money:amount')}
        value={values.amount}
        onChange={(amount) => set('amount', amount)}
        error={errors.amount}
      />
      <DateField
        label={t('money:planned_date')}
        value={values.planned_date}
        onChange={(day) => set('planned_date', day)}
        today={today}
        error={errors.planned_date}
      />
      <TextArea
        label={t('money:notes')}
        value={values.notes}
        onChange={(notes) => set('notes', notes)}
        error={errors.notes}
        maxLength={2000}
      />
      {guard.question}
    </FormDialog>
  );
}
