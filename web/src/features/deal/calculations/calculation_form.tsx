import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  activeInsurersQuery,
  type Calculation,
  type CalculationFields,
  type CalculationTerms,
  dealCalculationsQuery,
  type Product,
  type TermLine,
  useSaveCalculation,
} from '@/lib/data/calculations';
import { useForm } from '@/lib/form';
import type { Money } from '@/lib/money';
import { queryClient } from '@/lib/query';
import { useSession } from '@/lib/session';
import { parsePercent } from '@/lib/typed_number';
import type { Deal } from '@/lib/types';
import { EditDialog } from '@/parts/edit_dialog';
import { useProductGuess } from '@/parts/product_guess';
import { useRevision } from '@/parts/revision';
import { DateField } from '@/ui/date_field';
import { TextArea, TextField } from '@/ui/field';
import { PercentField } from '@/ui/number_fields';
import { Select } from '@/ui/select';
import { useFieldWords } from './field_words';
import { MoneyInput } from './money_input';
import { products } from './product_fields';
import { ExtraTerms, TermFields } from './term_fields';

interface Values {
  insurer_id: string | undefined;
  product: Product;
  program: string | undefined;
  premium: Money | undefined;
  coverage_sum: Money | undefined;
  deductible: Money | undefined;
  commission_rate: string | undefined;
  valid_until: string | undefined;
  terms: CalculationTerms;
  extra_terms: TermLine[];
  comments: string | undefined;
}
/** A new quote of a deal is most often of the product of the others. */
function valuesOf(
  quote: Calculation | undefined,
  like: Calculation | undefined,
  product: Product,
): Values {
  return {
    insurer_id: quote?.insurer_id,
    product: quote?.product ?? like?.product ?? product,
    program: quote?.program,
    premium: quote?.premium as Money | undefined,
    coverage_sum: (quote ?? like)?.coverage_sum as Money | undefined,
    deductible: quote?.deductible as Money | undefined,
    commission_rate: quote?.commission_rate,
    valid_until: quote?.valid_until,
    terms: quote?.terms ?? {},
    extra_terms: quote?.extra_terms ?? [],
    comments: quote?.comments,
  };
}

/** The fields that a quote takes in its status; the server refuses the same ones. */
function openIn(quote: Calculation | undefined) {
  const status = quote?.status ?? 'draft';
  return {
    whole: status === 'draft',
    conditions: status === 'draft' || status === 'ready',
    money: status === 'draft' || status === 'ready' || status === 'chosen',
  };
}

interface CalculationFormProps {
  deal: Deal;
  quote: Calculation | undefined;
  like: Calculation | undefined;
  onClose: () => void;
}
export function CalculationForm({ deal, quote, like, onClose }: CalculationFormProps) {
  const { t } = useTranslation(['calculations', 'common']);
  const { today } = useSession();
  const insurers = useQuery(activeInsurersQuery);
  const product = useProductGuess(deal);
  const form = useForm<Values>(valuesOf(quote, like, product));
  const save = useSaveCalculation(deal.id);
  const open = openIn(quote);
  const { values, errors, set } = form;
  const revision = useRevision<Calculation | undefined, Values>({
    record: quote,
    fieldsOf: (of) => valuesOf(of, like, product),
    fresh: async () => {
      const now = await queryClient.fetchQuery({ ...dealCalculationsQuery(deal.id), staleTime: 0 });
      return now.find(({ id }) => id === quote?.id);
    },
    send: (fields, over) =>
      save.mutateAsync({ quote: over, fields: sent(fields, over !== undefined) }),
    onSaved: onClose,
    onFailed: form.fail,
    onClose,
    ...useFieldWords(insurers.data),
  });
  if (revision.conflict) return revision.conflict;
  const submit = () => {
    if (!values.insurer_id) return form.refuse({ insurer_id: t('calculations:insurer_required') });
    revision.save(quote ? form.changed() : values);
  };
  const money = (field: 'premium' | 'coverage_sum' | 'deductible') => (
    <MoneyInput
      label={t(`calculations:row.${field}`)}
      hint={field === 'deductible' ? t('calculations:deductible_hint') : undefined}
      value={values[field]}
      onChange={(value) => set(field, value)}
      error={errors[field]}
    />
  );
  return (
    <EditDialog
      title={t(quote ? 'calculations:edit_title' : 'calculations:new_title')}
      wide
      onClose={onClose}
      onSubmit={submit}
      busy={revision.busy}
      form={form}
    >
      {quote && quote.status !== 'draft' && (
        <p className="text-small text-ink2">{t(`calculations:locked.${quote.status}`)}</p>
      )}
      <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        {open.whole && (
          <>
            <Select
              label={t('calculations:insurer')}
              options={(insurers.data ?? []).map(({ id, name, short_name }) => ({
                id,
                label: short_name || name,
              }))}
              value={values.insurer_id}
              onChange={(id) => set('insurer_id', id)}
              error={errors.insurer_id}
              placeholder={t('calculations:insurer_hint')}
              autoFocus
            />
            <Select
              label={t('calculations:product_label')}
              options={products.map((id) => ({ id, label: t(`calculations:product.${id}`) }))}
              value={values.product}
              onChange={(product) => {
                set('product', product as Product);
                set('terms', {});
              }}
            />
          </>
        )}
        {open.conditions && (
          <>
            {money('premium')}
            {money('coverage_sum')}
            {money('deductible')}
            <TextField
              label={t('calculations:program')}
              value={values.program ?? ''}
              onChange={(text) => set('program', text || undefined)}
              maxLength={120}
            />
          </>
        )}
        {open.money && (
          <>
            <DateField
              label={t('calculations:row.valid_until')}
              value={values.valid_until}
              onChange={(day) => set('valid_until', day)}
              today={today}
              error={errors.valid_until}
            />
            <PercentField
              label={t('calculations:commission_rate')}
              hint={t('calculations:internal')}
              value={values.commission_rate?.replace('.', ',') ?? ''}
              onChange={(text) => set('commission_rate', (parsePercent(text) ?? text) || undefined)}
              error={errors.commission_rate}
              maxLength={8}
            />
          </>
        )}
        {open.conditions && (
          <TermFields
            product={values.product}
            terms={values.terms}
            errors={errors}
            onChange={(terms) => set('terms', terms)}
          />
        )}
      </div>
      {open.conditions && (
        <ExtraTerms lines={values.extra_terms} onChange={(lines) => set('extra_terms', lines)} />
      )}
      <TextArea
        label={t('calculations:comments')}
        rows={2}
        value={values.comments ?? ''}
        onChange={(text) => set('comments', text || undefined)}
        maxLength={2000}
      />
    </EditDialog>
  );
}

/** What goes to the server: null clears a field of a quote that is there. */
function sent(values: Partial<Values>, changes: boolean): CalculationFields {
  const given: CalculationFields = { ...values };
  if (values.extra_terms) given.extra_terms = values.extra_terms.filter(({ name }) => name.trim());
  for (const [field, value] of Object.entries(given)) {
    if (value === undefined && changes) given[field] = null;
  }
  return given;
}
