import { useTranslation } from 'react-i18next';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money } from '@/lib/money';
import { formatNumber } from '@/lib/number';
import type { InsuredObject } from '@/lib/types';
import { numberFields, textFields } from './object_kinds';

export function ObjectView({ object }: { object: InsuredObject }) {
  const { t } = useTranslation(['deals', 'deal']);
  const locale = currentLocale();
  const lines: [string, string][] = [];
  for (const field of textFields[object.kind]) {
    if (object[field]) lines.push([t(`deal:object.${field}`), object[field]]);
  }
  for (const field of numberFields[object.kind]) {
    const value = object[field];
    if (value) {
      const shown = field === 'year' ? String(value) : formatNumber(value);
      lines.push([t(`deal:object.${field}`), shown]);
    }
  }
  if (object.birth_date)
    lines.push([t('deal:object.birth_date'), formatDay(object.birth_date, locale)]);
  const balance = object.loan_balance as Money | undefined;
  if (balance?.amount) lines.push([t('deal:object.loan_balance'), formatMoney(balance, locale)]);
  for (const driver of object.drivers ?? []) {
    lines.push([
      t('deal:object.driver'),
      [driver.full_name, driver.licence].filter(Boolean).join(', '),
    ]);
  }
  for (const vehicle of object.vehicles ?? []) {
    const name = vehicle.title || [vehicle.make, vehicle.model].filter(Boolean).join(' ');
    lines.push([t('object_kind.vehicle'), [name, vehicle.plate].filter(Boolean).join(', ')]);
  }
  for (const extra of object.extra ?? []) lines.push([extra.name ?? '', extra.value ?? '']);
  return (
    <section
      aria-label={object.title || t(`object_kind.${object.kind}`)}
      className="rounded-card border border-line bg-raised p-4 shadow-1"
    >
      <p className="text-small text-ink3">{t(`object_kind.${object.kind}`)}</p>
      <h2 className="text-head">{object.title}</h2>
      <dl className="mt-2 grid grid-cols-[160px_1fr] gap-y-1 max-md:grid-cols-[120px_1fr]">
        {lines.map(([name, value], index) => (
          <div key={index} className="contents">
            <dt className="text-ink2">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
