import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import { formatDay } from '@/lib/dates';
import { changes } from '@/lib/diff';
import { currentLocale } from '@/lib/i18n';
import { type DealStatus, dealStatuses } from '@/lib/types';

/** Field by field: what it was and what it is now. */
export function DiffView({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation(['admin', 'common']);
  const fieldName = useFieldName();
  const show = useShownValue();
  const found = changes(before, after);
  if (found.length === 0) return <p className="text-ink3">{t('admin:diff_none')}</p>;
  return (
    <table className="w-full table-fixed border-collapse text-small">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('common:conflict_field')}</th>
          <th scope="col">{t('admin:diff_before')}</th>
          <th scope="col">{t('admin:diff_after')}</th>
        </tr>
      </thead>
      <tbody>
        {found.map(({ field, before: old, after: now }) => (
          <tr key={field} className="border-b border-line last:border-0">
            <th scope="row" className="w-1/4 py-1 pr-2 text-left align-top font-normal text-ink2">
              {fieldName(field)}
            </th>
            <td className="py-1 pr-2 align-top break-words text-bad">
              {old === undefined ? '' : <s className="no-underline">{show(old)}</s>}
            </td>
            <td className="py-1 align-top break-words text-ok">
              {now === undefined ? '' : show(now)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function useFieldName() {
  const { t, i18n } = useTranslation(['deals', 'clients']);
  return (field: string) => {
    if (i18n.exists(`deals:fields.${field}`)) return t(`deals:fields.${field as 'title'}`);
    if (i18n.exists(`clients:fields.${field}`)) return t(`clients:fields.${field as 'notes'}`);
    return field.replaceAll('_', ' ');
  };
}

/** People by name, statuses and days in words; the rest as it is. */
export function useShownValue() {
  const { t } = useTranslation(['deals', 'common']);
  const people = useColleagues();
  const show = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('common:empty_value');
    if (typeof value === 'boolean') return value ? '✓' : '—';
    if (Array.isArray(value)) return value.map(show).join('; ');
    if (typeof value === 'object') {
      return Object.values(value)
        .filter((inner) => inner !== '' && inner !== null)
        .map(show)
        .join(', ');
    }
    const text = String(value);
    if (dealStatuses.includes(text as DealStatus))
      return t(`deals:status_is.${text as DealStatus}`);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDay(text, currentLocale());
    return people.find(({ id }) => id === text)?.full_name ?? text;
  };
  return show;
}
