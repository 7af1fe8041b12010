import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Calculation } from '@/lib/data/calculations';
import { dealQuery } from '@/lib/data/deals';
import {
  type PaymentRoute,
  type Policy,
  type Product,
  paymentRoutes,
  policyInsurersQuery,
  policyProducts,
  policyQuery,
  useSavePolicy,
} from '@/lib/data/policies';
import { lastOfYear } from '@/lib/dates';
import { useForm } from '@/lib/form';
import { queryClient } from '@/lib/query';
import { useSession } from '@/lib/session';
import { parseAmount } from '@/lib/typed_number';
import { EditDialog } from '@/parts/edit_dialog';
import { useProductGuess } from '@/parts/product_guess';
import { useRevision } from '@/parts/revision';
import { DateField } from '@/ui/date_field';
import { TextField } from '@/ui/field';
import { AmountField, PercentField } from '@/ui/number_fields';
import { Select } from '@/ui/select';
import { begun, money, sent, type Values, valuesOf } from './policy_values';
import { difference, split } from './schedule';
import { ScheduleFields } from './schedule_fields';

const nameKey = (field: string) => {
  if (field === 'insurer_id') return 'insurer';
  return field === 'instalments' ? 'schedule' : (field as 'number');
};

interface PolicyFormProps {
  dealId: string;
  policy: Policy | undefined;
  /** The chosen quote that a new policy is made of. */
  quote?: Calculation | undefined;
  onClose: () => void;
}
/** A policy and its schedule, saved in one step; the sum of the parts is checked while typing. */
export function PolicyForm({ dealId, policy, quote, onClose }: PolicyFormProps) {
  const { t } = useTranslation(['policies', 'common']);
  const { today } = useSession();
  const insurers = useQuery(policyInsurersQuery).data ?? [];
  const deal = queryClient.getQueryData(dealQuery(dealId).queryKey);
  const product = useProductGuess(deal);
  const form = useForm<Values>(policy ? valuesOf(policy, today) : begun(today, product, quote));
  const save = useSavePolicy(dealId);
  const { values, errors, set } = form;
  const currency = policy?.premium?.currency ?? 'RUB';
  const premium = money(values.premium, currency);
  const draft = !policy || policy.status === 'draft';
  const revision = useRevision<Policy | undefined, Values>({
    record: policy,
    fieldsOf: (of) => valuesOf(of, today),
    fresh: () => queryClient.fetchQuery({ ...policyQuery(policy?.id ?? ''), staleTime: 0 }),
    send: (mine, over) => {
      const fields = sent({ ...valuesOf(over, today), ...mine }, draft, currency);
      const from = over ? undefined : quote?.id;
      return save.mutateAsync({
        policy: over,
        fields: { ...fields, ...(from && { calculation_id: from }) },
      });
    },
    onSaved: onClose,
    onFailed: form.fail,
    onClose,
    nameOf: (field) => t(`policies:${nameKey(field)}`),
    show: (field, value) => {
      if (field === 'insurer_id') return insurers.find(({ id }) => id === value)?.name;
      return field === 'product' ? t(`policies:product_is.${value as 'kasko'}`) : undefined;
    },
  });
  if (revision.conflict) return revision.conflict;
  const submit = () => {
    if (!values.insurer_id) return form.refuse({ insurer_id: t('policies:insurer_required') });
    if (values.premium && !premium) return form.refuse({ premium: t('policies:not_money') });
    if (values.instalments.some(({ due_on, amount }) => !due_on || !parseAmount(amount))) {
      return form.refuse({ instalments: t('policies:instalment_unfinished') });
    }
    if (difference(premium, values.instalments) !== 0n) {
      return form.refuse({ instalments: t('policies:do_not_add_up') });
    }
    revision.save(policy ? form.changed() : form.values);
  };
  // What nobody divided is paid at once, on the first day.
  const setPremium = (value: string) => {
    set('premium', value);
    const sum = money(value, currency);
    const [only, more] = values.instalments;
    if (!draft || !sum || more) return;
    const [part] = split(sum, [only?.due_on ?? values.effective_from ?? today]);
    if (part) set('instalments', [{ ...only, ...part }]);
  };
  // An end that was a year after the beginning follows it.
  const setStart = (value: string | undefined) => {
    const { effective_from: known, effective_to: end } = values;
    if (draft && value && known && end === lastOfYear(known)) {
      set('effective_to', lastOfYear(value));
    }
    const [only, more] = values.instalments;
    if (draft && value && only && !more && only.due_on === known) {
      set('instalments', [{ ...only, due_on: value }]);
    }
    set('effective_from', value);
  };
  const text = (field: 'number' | 'program') => (
    <TextField
      label={t(`policies:${field}`)}
      value={values[field]}
      onChange={(value) => set(field, value)}
      error={errors[field]}
      autoComplete="off"
    />
  );
  const sum = (field: 'premium' | 'coverage_sum') => (
    <AmountField
      label={t(`policies:${field}`)}
      value={values[field]}
      currency={currency}
      onChange={(value) => (field === 'premium' ? setPremium(value) : set(field, value))}
      error={errors[field]}
    />
  );
  const day = (field: 'effective_from' | 'effective_to') => (
    <DateField
      label={t(`policies:${field}`)}
      value={values[field]}
      onChange={(value) => (field === 'effective_from' ? setStart(value) : set(field, value))}
      today={today}
      leaning={field === 'effective_from' ? 'nearest' : 'coming'}
      error={errors[field]}
    />
  );
  return (
    <EditDialog
      title={t(policy ? 'policies:edit_title' : 'policies:new_title')}
      wide
      onClose={onClose}
      onSubmit={submit}
      busy={revision.busy}
      form={form}
    >
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        {draft && (
          <>
            <Select
              label={t('policies:insurer')}
              options={insurers
                .filter(({ active, id }) => active || id === values.insurer_id)
                .map(({ id, name, short_name }) => ({ id, label: short_name || name }))}
              value={values.insurer_id}
              onChange={(id) => set('insurer_id', id)}
              error={errors.insurer_id}
              autoFocus
            />
            <Select
              label={t('policies:product')}
              options={policyProducts.map((id) => ({ id, label: t(`policies:product_is.${id}`) }))}
              value={values.product}
              onChange={(id) => set('product', id as Product)}
              error={errors.product}
            />
          </>
        )}
        {text('number')}
        {text('program')}
        {day('effective_from')}
        {day('effective_to')}
        {sum('premium')}
        {sum('coverage_sum')}
        <Select
          label={t('policies:payment_route')}
          options={paymentRoutes.map((id) => ({ id, label: t(`policies:route_is.${id}`) }))}
          value={values.payment_route}
          onChange={(id) => set('payment_route', id as PaymentRoute)}
          error={errors.payment_route}
        />
        <PercentField
          label={t('policies:commission_rate')}
          value={values.commission_rate}
          onChange={(value) => set('commission_rate', value)}
          hint={t('policies:commission_hint')}
          error={errors.commission_rate}
        />
      </div>
      <ScheduleFields
        premium={premium}
        parts={values.instalments}
        from={values.effective_from}
        to={values.effective_to}
        onChange={(parts) => set('instalments', parts)}
        error={errors.instalments}
      />
    </EditDialog>
  );
}
