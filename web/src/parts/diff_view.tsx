import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { formatDay, formatInstant } from '@/lib/dates';
import { changes } from '@/lib/diff';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money } from '@/lib/money';
import { useSession } from '@/lib/session';
import { type DealStatus, dealStatuses } from '@/lib/types';

/** Field by field: what it was and what it is now. */
export function DiffView({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation(['admin', 'common']);
  const fieldName = useFieldName();
  const shown = useShownValue();
  const statusOf = useStatusOf(after ?? before);
  const showIn = (field: string) => (value: unknown) =>
    field === 'status' ? (statusOf(value) ?? shown(value)) : shown(value);
  const found = changes(before, after);
  const made = found.every((change) => change.before === undefined);
  if (found.length === 0) return <p className="text-ink3">{t('admin:diff_none')}</p>;
  return (
    <table className="w-full table-fixed border-collapse text-small">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('common:conflict_field')}</th>
          {!made && <th scope="col">{t('admin:diff_before')}</th>}
          <th scope="col">{t('admin:diff_after')}</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ field, before: old, after: now }) => (
          <tr key={field} className="border-b border-line last:border-0">
            <th scope="row" className="w-1/4 py-1 pr-2 text-left align-top font-normal text-ink2">
              {fieldName(field)}
            </th>
            {!made && (
              <td className="py-1 pr-2 align-top break-words text-bad">
                {old === undefined ? '' : <s className="no-underline">{showIn(field)(old)}</s>}
              </td>
            )}
            <td className="py-1 align-top break-words text-ok">
              {now === undefined ? '' : showIn(field)(now)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Statuses of deals, policies and clients share names, not words. */
function useStatusOf(record: unknown) {
  const { t } = useTranslation(['policies', 'clients']);
  const has = (...fields: string[]) =>
    typeof record === 'object' && record !== null && fields.every((field) => field in record);
  return (value: unknown) => {
    if (has('payment_route')) return t(`policies:status_is.${value as 'active'}`);
    if (has('type', 'full_name')) return t(`clients:status_is.${value as 'active'}`);
    return undefined;
  };
}

export function useFieldName() {
  const { t, i18n } = useTranslation(['deals', 'clients', 'policies', 'admin']);
  return (field: string) => {
    if (i18n.exists(`deals:fields.${field}`)) return t(`deals:fields.${field as 'title'}`);
    if (i18n.exists(`clients:fields.${field}`)) return t(`clients:fields.${field as 'notes'}`);
    if (i18n.exists(`policies:fields.${field}`)) return t(`policies:fields.${field as 'premium'}`);
    if (i18n.exists(`admin:fields.${field}`)) return t(`admin:fields.${field as 'amount'}`);
    return field.replaceAll('_', ' ');
  };
}

type Shown = Record<string, unknown>;
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const contactText = ({ name, position, phone, email, messenger, notes }: Shown) =>
  [name, position, phone, email, messenger, notes].map(text).filter(Boolean).join(', ');

/** Where the words of a code are looked for, in this order. */
const vocabularies = [
  'policies:value',
  'policies:product_is',
  'policies:route_is',
  'deals:who',
  'common:role',
  'money:type_is',
  'money:status_is',
  'tasks:status_is',
  'tasks:priority_is',
];

/** People by name, statuses and days in words; the rest as it is. */
export function useShownValue() {
  const { t, i18n } = useTranslation(['deals', 'clients', 'policies', 'money', 'tasks', 'common']);
  const { time_zone, today } = useSession();
  const people = useColleagues();
  const word = (value: string): string => {
    if (dealStatuses.includes(value as DealStatus)) {
      return t(`deals:status_is.${value as DealStatus}`);
    }
    if (value === 'individual' || value === 'company') return t(`clients:${value}`);
    const known = vocabularies.find((words) => i18n.exists(`${words}.${value}`));
    if (known) return t(`${known}.${value}` as 'common:role.agent');
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value, currentLocale());
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) {
      return formatInstant(value, currentLocale(), time_zone, today);
    }
    return people.find(({ id }) => id === value)?.full_name ?? value;
  };
  const record = (value: Shown): string => {
    if (value.full_name && value.function) {
      const part = i18n.exists(`deals:function.${text(value.function)}`);
      const name = part
        ? t(`deals:function.${value.function as 'executor'}`)
        : text(value.function);
      return `${text(value.full_name)} (${name})`;
    }
    if (value.date && value.reason) return word(text(value.date));
    if (value.amount && value.currency) {
      return formatMoney(value as unknown as Money, currentLocale(), true);
    }
    if (value.due_on) return `${word(text(value.due_on))} — ${show(value.amount)}`;
    if (value.role) return `${word(text(value.role))}: ${text(value.name)}`;
    if (value.title) return text(value.title);
    if ('phone_e164' in value || 'is_primary' in value) return contactText(value);
    return Object.values(value)
      .filter((inner) => inner !== '' && inner !== null && inner !== false)
      .map(show)
      .join(', ');
  };
  const show = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('common:empty_value');
    if (typeof value === 'boolean') return value ? '✓' : '—';
    if (Array.isArray(value)) return value.map(show).join('; ');
    if (typeof value === 'object') return record(value as Shown);
    return word(String(value));
  };
  return show;
}
