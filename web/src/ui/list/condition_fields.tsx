import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOfWord } from '@/lib/list/compile';
import { type Condition, isTeam, type Op, opsFor, valueCount } from '@/lib/list/filter';
import { useSession } from '@/lib/session';
import { parseAmount } from '@/lib/typed_number';
import { DateField } from '../date_field';
import { CheckboxField, TextField } from '../field';
import { AmountField } from '../number_fields';
import { Segmented } from '../segmented';
import { Select } from '../select';
import { namedDays, namedOf } from './describe';
import type { FilterField } from './types';

interface ConditionFieldsProps {
  field: FilterField;
  condition: Condition;
  onChange: (condition: Condition) => void;
}
export function ConditionFields(props: ConditionFieldsProps) {
  const { field, condition, onChange } = props;
  if (field.kind === 'boolean') return <YesOrNo {...props} />;
  if (field.kind === 'date' || field.kind === 'instant') return <Days {...props} />;
  const withOp = (op: Op) =>
    onChange({
      ...condition,
      op,
      values: condition.values.slice(0, Math.max(valueCount(op), field.kind === 'money' ? 1 : 50)),
    });
  return (
    <>
      <Comparison field={field} op={condition.op} onChange={withOp} />
      {condition.op !== 'empty' && condition.op !== 'some' && <Values {...props} />}
    </>
  );
}

interface ComparisonProps {
  field: FilterField;
  op: Op;
  onChange: (op: Op) => void;
}
function Comparison({ field, op, onChange }: ComparisonProps) {
  const { t } = useTranslation('list');
  return (
    <Select
      label={field.label}
      options={opsFor(field).map((id) => ({ id, label: t(`op.${id}`) }))}
      value={op}
      onChange={(id) => onChange(id as Op)}
    />
  );
}

function Values(props: ConditionFieldsProps) {
  if (props.field.kind === 'money') return <Amounts {...props} />;
  if (props.field.kind === 'text') return <Words {...props} />;
  return <Choice {...props} />;
}

function YesOrNo({ field, condition, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation('list');
  return (
    <Segmented
      label={field.label}
      value={condition.values[0] ?? 'true'}
      onChange={(value) => onChange({ ...condition, op: 'is', values: [value] })}
      options={[
        { value: 'true', label: t('yes') },
        { value: 'false', label: t('no') },
      ]}
    />
  );
}

const longChoice = 8;
function Choice({ field, condition, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation('list');
  const [typed, setTyped] = useState('');
  const me = field.kind === 'person' ? [{ id: 'me', label: t('me') }] : [];
  const team = isTeam(field, 'team') ? [{ id: 'team', label: t('my_team') }] : [];
  const options = [...me, ...team, ...(field.options ?? [])];
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = options.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  const toggle = (id: string, on: boolean) => {
    const rest = condition.values.filter((value) => value !== id);
    onChange({ ...condition, values: on ? [...rest, id] : rest });
  };
  return (
    <>
      {options.length > longChoice && (
        <TextField label={t('find_value')} value={typed} onChange={setTyped} />
      )}
      <div role="group" aria-label={field.label} className="flex max-h-64 flex-col overflow-auto">
        {shown.map(({ id, label }) => (
          <CheckboxField
            key={id}
            label={label}
            value={condition.values.includes(id)}
            onChange={(on) => toggle(id, on)}
          />
        ))}
      </div>
    </>
  );
}

function Words({ condition, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation('list');
  return (
    <TextField
      label={t('value')}
      autoFocus
      maxLength={200}
      value={condition.values[0] ?? ''}
      onChange={(text) => onChange({ ...condition, values: text ? [text] : [] })}
    />
  );
}

function Amounts({ condition, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation('list');
  const [texts, setTexts] = useState(condition.values);
  const labels = condition.op === 'between' ? [t('op.from'), t('op.to')] : [t('amount')];
  const type = (at: number, text: string) => {
    const next = labels.map((_, i) => (i === at ? text : (texts[i] ?? '')));
    setTexts(next);
    onChange({ ...condition, values: next.map((said) => parseAmount(said) ?? '') });
  };
  return labels.map((label, at) => (
    <AmountField
      key={label}
      label={label}
      value={texts[at] ?? ''}
      onChange={(text) => type(at, text)}
    />
  ));
}

const ownDays = ['is', 'from', 'to', 'between'] as const;
/** Named spans first; then days of one's own. */
function Days({ field, condition, onChange }: ConditionFieldsProps) {
  const { t } = useTranslation('list');
  const { today } = useSession();
  const named = namedOf(condition);
  const [own, setOwn] = useState(named === undefined && condition.values.length > 0);
  const empties = field.optional ? (['empty', 'some'] as const) : [];
  const options = [
    ...namedDays.map(({ id }) => ({ id: `named ${id}`, label: t(`days.${id}`) })),
    ...ownDays.map((op) => ({ id: `own ${op}`, label: t(`own_days.${op}`) })),
    ...empties.map((op) => ({ id: `own ${op}`, label: t(`op.${op}`) })),
  ];
  const pick = (id: string) => {
    const [how, what] = id.split(' ');
    const known = namedDays.find((item) => item.id === what);
    setOwn(how === 'own');
    if (how === 'named' && known)
      onChange({ ...condition, op: known.op, values: [...known.values] });
    else onChange({ ...condition, op: what as Op, values: [] });
  };
  const fields = own ? Array.from({ length: valueCount(condition.op) }, (_, at) => at) : [];
  const setDay = (at: number, day: string | undefined) =>
    onChange({
      ...condition,
      values: fields.map((i) => (i === at ? (day ?? '') : (condition.values[i] ?? ''))),
    });
  const chosen = own ? `own ${condition.op}` : named && `named ${named}`;
  return (
    <>
      <Select
        label={field.label}
        options={options}
        value={chosen}
        onChange={pick}
        placeholder={t('days_pick')}
      />
      {fields.map((at) => (
        <DateField
          key={`${condition.op}${at}`}
          label={fields.length > 1 ? t(at === 0 ? 'op.from' : 'op.to') : t('day')}
          today={today}
          leaning="nearest"
          value={condition.values[at] ? dayOfWord(condition.values[at], today) : undefined}
          onChange={(day) => setDay(at, day)}
        />
      ))}
    </>
  );
}
