import { useTranslation } from 'react-i18next';
import type { CalculationTerms, Product, TermLine } from '@/lib/data/calculations';
import type { Money } from '@/lib/money';
import { typedCount } from '@/lib/typed_number';
import { Button, IconButton } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Close, Plus } from '@/ui/icons';
import { Select } from '@/ui/select';
import { MoneyInput } from './money_input';
import { keywords, type TermName, termKinds, termsOf } from './product_fields';

interface TermFieldsProps {
  product: Product;
  terms: CalculationTerms;
  errors: Record<string, string>;
  onChange: (terms: CalculationTerms) => void;
}
/** The conditions that fit the product. */
export function TermFields({ product, terms, errors, onChange }: TermFieldsProps) {
  const names = termsOf[product].filter(
    (name) => name !== 'towing_limit' || terms.towing === 'limited',
  );
  const set = (name: TermName, value: unknown) => {
    const { [name]: _, ...rest } = terms;
    const next: CalculationTerms = value === undefined ? rest : { ...rest, [name]: value };
    if (next.towing !== 'limited') delete next.towing_limit;
    onChange(next);
  };
  return names.map((name) => (
    <TermField
      key={`${product}.${name}`}
      name={name}
      value={terms[name]}
      error={errors[`terms.${name}`]}
      onChange={(value) => set(name, value)}
    />
  ));
}

interface TermFieldProps {
  name: TermName;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}
function TermField({ name, value, error, onChange }: TermFieldProps) {
  const { t } = useTranslation('calculations');
  const label = t(`row.terms.${name}`);
  const kind = termKinds[name];
  if (kind === 'money') {
    return <MoneyInput label={label} value={value as Money} onChange={onChange} error={error} />;
  }
  if (kind === 'keyword' || kind === 'flag') {
    const options =
      kind === 'flag'
        ? [
            { id: 'true', label: t('yes') },
            { id: 'false', label: t('no') },
          ]
        : keywords[name as keyof typeof keywords].map((id) => ({
            id: id as string,
            label: t(`word.${`${name}_${id}` as 'towing_none'}`),
          }));
    return (
      <Select
        label={label}
        options={[{ id: '', label: t('no_data') }, ...options]}
        value={value === undefined ? '' : String(value)}
        onChange={(chosen) =>
          onChange(chosen === '' ? undefined : kind === 'flag' ? chosen === 'true' : chosen)
        }
        error={error}
      />
    );
  }
  return (
    <TextField
      label={label}
      inputMode={kind === 'number' ? 'numeric' : 'text'}
      value={value === undefined ? '' : String(value)}
      onChange={(text) =>
        onChange(
          kind === 'number'
            ? typedCount(text)
            : (name === 'bonus_malus' ? text.replace(',', '.') : text) || undefined,
        )
      }
      error={error}
      maxLength={300}
    />
  );
}

interface ExtraTermsProps {
  lines: TermLine[];
  onChange: (lines: TermLine[]) => void;
}
/** Conditions that no field holds, a line each; quotes share a row by the name. */
export function ExtraTerms({ lines, onChange }: ExtraTermsProps) {
  const { t } = useTranslation('calculations');
  const change = (at: number, fields: object) =>
    onChange(lines.map((line, index) => (index === at ? { ...line, ...fields } : line)));
  return (
    <div className="flex flex-col gap-2">
      {lines.map((line, index) => (
        <div key={index} className="flex items-end gap-2">
          <TextField
            className="flex-1"
            label={t('extra_name')}
            value={line.name}
            onChange={(name) => change(index, { name })}
            maxLength={60}
          />
          <TextField
            className="flex-1"
            label={t('extra_value')}
            value={line.value ?? ''}
            onChange={(value) => change(index, { value })}
            maxLength={300}
          />
          <IconButton
            label={t('extra_remove')}
            onPress={() => onChange(lines.filter((_, at) => at !== index))}
          >
            <Close />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          variant="quiet"
          icon={<Plus />}
          onPress={() => onChange([...lines, { name: '', value: '' }])}
        >
          {t('extra_add')}
        </Button>
      </div>
    </div>
  );
}
