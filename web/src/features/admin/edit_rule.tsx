import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  fetchRule,
  ruleInsurersQuery,
  ruleVersionsQuery,
  useSaveRule,
} from '@/lib/data/commission_rules';
import { type CommissionRule, products } from '@/lib/data/payments';
import { useForm } from '@/lib/form';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import { useUnsavedGuard } from '@/parts/conflict';
import { dayText } from '@/parts/payment_bits';
import { useRevision } from '@/parts/revision';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { AmountField, PercentField } from '@/ui/number_fields';
import { Segmented } from '@/ui/segmented';
import { Select } from '@/ui/select';
import { any, formOf, type RuleForm, sent, wrongField, wrongWords } from './rule_form';
import { useFieldWords, useRuleWords } from './rule_words';

const kinds = ['any', 'new', 'renewal'] as const;

interface EditRuleProps {
  rule: CommissionRule | undefined;
  readOnly: boolean;
  onClose: () => void;
}
export function EditRule({ rule, readOnly, onClose }: EditRuleProps) {
  const { t } = useTranslation(['money', 'common']);
  const { today } = useSession();
  const insurers = useQuery(ruleInsurersQuery).data ?? [];
  const save = useSaveRule();
  const words = useFieldWords(insurers);
  const form = useForm<RuleForm>(formOf(rule, today));
  const guard = useUnsavedGuard(form.dirty && !readOnly, onClose);
  const revision = useRevision<CommissionRule | undefined, RuleForm>({
    record: rule,
    fieldsOf: (of) => formOf(of, today),
    fresh: () => fetchRule(rule?.id ?? ''),
    send: (fields, over) =>
      save.mutateAsync({ rule: over, fields: sent({ ...formOf(over, today), ...fields }) }),
    onSaved: () => {
      toast(t('money:saved'));
      onClose();
    },
    onFailed: form.fail,
    onClose,
    ...words,
  });
  if (revision.conflict) return revision.conflict;
  const { values, errors, set } = form;
  const submit = () => {
    if (readOnly || (rule && !form.dirty)) return onClose();
    const wrong = wrongField(values);
    if (wrong) return form.refuse({ [wrong]: t(`money:${wrongWords[wrong]}`) });
    revision.save(rule ? form.changed() : values);
  };
  return (
    <FormDialog
      title={rule ? t('money:rule_edit') : t('money:rule_new')}
      submit={readOnly ? t('common:close') : t('common:save')}
      onClose={guard.close}
      onSubmit={submit}
      busy={revision.busy}
      problem={form.problem}
    >
      <Select
        label={t('money:insurer')}
        options={[
          { id: any, label: t('money:any_insurer') },
          ...insurers.map(({ id, name }) => ({ id, label: name })),
        ]}
        value={values.insurer_id}
        onChange={(id) => set('insurer_id', id)}
        error={errors.insurer_id}
      />
      <Select
        label={t('money:product')}
        options={[
          { id: any, label: t('money:any_product') },
          ...products.map((id) => ({ id, label: t(`money:product_is.${id}`) })),
        ]}
        value={values.product}
        onChange={(id) => set('product', id)}
        error={errors.product}
      />
      <Select
        label={t('money:kind')}
        options={kinds.map((id) => ({ id, label: t(`money:kind_is.${id}`) }))}
        value={values.kind}
        onChange={(id) => set('kind', id as 'any')}
        error={errors.kind}
      />
      <Segmented
        label={t('money:rate_or_sum')}
        value={values.pays}
        onChange={(pays) => set('pays', pays)}
        options={[
          { value: 'rate', label: t('money:by_rate') },
          { value: 'sum', label: t('money:by_sum') },
        ]}
      />
      {values.pays === 'rate' ? (
        <PercentField
          label={t('money:rate')}
          value={values.rate_percent}
          onChange={(text) => set('rate_percent', text)}
          error={errors.rate_percent}
          hint={t('money:rate_hint')}
        />
      ) : (
        <AmountField
          label={t('money:amount')}
          value={values.fixed_amount}
          onChange={(text) => set('fixed_amount', text)}
          error={errors.fixed_amount}
          hint={t('money:fixed_hint')}
        />
      )}
      <DateField
        label={t('money:valid_from')}
        value={values.valid_from}
        onChange={(day) => set('valid_from', day)}
        today={today}
        leaning="nearest"
        error={errors.valid_from}
      />
      <DateField
        label={t('money:valid_to')}
        value={values.valid_to}
        onChange={(day) => set('valid_to', day)}
        today={today}
        error={errors.valid_to}
      />
      <TextField
        label={t('money:payout_days')}
        value={values.payout_days}
        onChange={(text) => set('payout_days', text)}
        error={errors.payout_days}
        inputMode="numeric"
      />
      {rule && <RuleVersions rule={rule} />}
      {guard.question}
    </FormDialog>
  );
}

function RuleVersions({ rule }: { rule: CommissionRule }) {
  const { t } = useTranslation('money');
  const words = useRuleWords();
  const { data } = useQuery(ruleVersionsQuery(rule.id));
  return (
    <section aria-label={t('versions')}>
      <h3 className="font-medium">{t('versions')}</h3>
      <ol className="text-small text-ink2">
        {data?.map((version) => (
          <li key={version.version} className="tabular">
            {t('why.rule_version', { version: version.version })}: {words.rate(version)},{' '}
            {dayText(version.valid_from)}
          </li>
        ))}
      </ol>
    </section>
  );
}
