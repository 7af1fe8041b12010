import type { TFunction } from 'i18next';
import { addDays, type Day, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { dayOfWord } from '@/lib/list/compile';
import { type Condition, isTeam } from '@/lib/list/filter';
import { formatMoney } from '@/lib/money';
import type { FilterField } from './types';

type T = TFunction<'list'>;

/** «это», «Ирина Попова, Я»: what stands in a chip after the name of the field. */
export function describe(condition: Condition, field: FilterField, today: Day, t: T) {
  const { op, values } = condition;
  if (op === 'empty' || op === 'some') return { op: '', value: t(`op.${op}`) };
  if (field.kind === 'date' || field.kind === 'instant') return describeDays(condition, today, t);
  if (field.kind === 'boolean') {
    return { op: t('op.is'), value: t(values[0] === 'true' ? 'yes' : 'no') };
  }
  if (field.kind === 'money') {
    const sums = values.map((amount) => formatMoney({ amount, currency: 'RUB' }, currentLocale()));
    return { op: t(`op.${op}`), value: sums.join(' – ') };
  }
  const names = values.map((value) => nameOf(field, value, t));
  return { op: t(`op.${op}`), value: names.join(', ') };
}

function nameOf(field: FilterField, value: string, t: T): string {
  if (field.kind === 'text') return `«${value}»`;
  if (field.kind === 'person' && value === 'me') return t('me');
  if (isTeam(field, value)) return t('my_team');
  return field.options?.find(({ id }) => id === value)?.label ?? '…';
}

/** The spans of time that have a name of their own. */
export const namedDays = [
  { id: 'past', op: 'before', values: ['today'] },
  { id: 'today', op: 'is', values: ['today'] },
  { id: 'tomorrow', op: 'is', values: ['+1'] },
  { id: 'next_7', op: 'between', values: ['today', '+7'] },
  { id: 'next_30', op: 'between', values: ['today', '+30'] },
  { id: 'next_90', op: 'between', values: ['today', '+90'] },
  { id: 'last_7', op: 'between', values: ['-7', 'today'] },
  { id: 'last_30', op: 'between', values: ['-30', 'today'] },
  { id: 'month', op: 'between', values: ['month_start', 'month_end'] },
] as const;
export type NamedDays = (typeof namedDays)[number]['id'];

export const namedOf = ({ op, values }: Pick<Condition, 'op' | 'values'>): NamedDays | undefined =>
  namedDays.find((known) => known.op === op && known.values.join() === values.join())?.id;

function describeDays(condition: Condition, today: Day, t: T) {
  const named = namedOf(condition);
  if (named) return { op: '', value: t(`days.${named}`) };
  const [first, last] = condition.values.map((word) => dayName(word, today, t));
  if (condition.op === 'between') return { op: '', value: t('days_between', { first, last }) };
  return { op: t(`op.${condition.op}`), value: first ?? '…' };
}

function dayName(word: string, today: Day, t: T): string {
  const day = dayOfWord(word, today);
  if (!day) return '…';
  if (day === today) return t('days.today');
  if (day === addDays(today, 1)) return t('days.tomorrow');
  return formatDay(day, currentLocale(), 'numeric');
}
