import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type RuleFields,
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
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextField } from '@/ui/field';
import { Select } from '@/ui/select';
import { useRuleWords } from './rule_words';

const any = 'any';
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
  const form = useForm({
    insurer_id: rule?.insurer_id ?? any,
    product: (rule?.product ?? any) as string,
    kind: rule?.kind ?? 'any',
    rate_percent: rule?.rate_percent ?? '',
    valid_from: (rule?.valid_from ?? today) as string | undefined,
    valid_to: rule?.valid_to,
    payout_days: String(rule?.payout_days ?? 30),
  });
  const guard = useUnsavedGuard(form.dirty && !readOnly, onClose);
  const { values, errors, set } = form;
  const submit = () => {
    if (readOnly || (rule && !form.dirty)) return onClose();
    const rate = values.rate_percent.trim().replace(',', '.');
    if (!/^\d{1,3}(\.\d{1,4})?$/.test(rate) && !rule?.fixed_amount) {
      return form.refuse({ rate_percent: t('money:rate_wrong') });
    }
    if (!values.valid_from) return form.refuse({ valid_from: t('money:day_required') });
    const days = Number(values.payout_days);
    if (!Number.isInteger(days) || days < 0) {
      return form.refuse({ payout_days: t('money:days_wrong') });
    }
    const open = (value: string) => (value === any ? null : value);
    const fields = {
      insurer_id: open(values.insurer_id),
      product: open(values.product),
      kind: values.kind,
      ...(rate && { rate_percent: rate }),
      valid_from: values.valid_from,
      valid_to: values.valid_to ?? null,
      payout_days: days,
    } as unknown as RuleFields;
    save.mutate(
      { rule, fields },
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
      title={rule ? t('money:rule_edit') : t('money:rule_new')}
      submit={readOnly ? t('common:close') : t('common:save')}
      onClose={guard.close}
      onSubmit={submit}
      busy={save.isPending}
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
      <TextField
        label={t('money:rate')}
        value={values.rate_percent}
        onChange={(text) => set('rate_percent', text)}
        error={errors.rate_percent}
        hint={t('money:rate_hint')}
        inputMode="decimal"
      />
      <DateField
        label={t('money:valid_from')}
        value={values.valid_from}
        onChange={(day) => set('valid_from', day)}
        today={today}
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
