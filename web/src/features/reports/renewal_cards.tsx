import { useTranslation } from 'react-i18next';
import type { RenewalReportRow } from '@/lib/data/reports';
import { directionOf, formatChange } from '@/lib/number';
import { cx } from '@/ui/cx';
import { percentText } from './bits';

const rates = ['policy_rate', 'client_rate', 'premium_rate'] as const;

interface RenewalCardsProps {
  totals: RenewalReportRow[];
  previous: RenewalReportRow[];
}
/** Three ways to say how much stays, each against as long a time before. */
export function RenewalCards({ totals, previous }: RenewalCardsProps) {
  return (
    <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
      {totals.map((row) =>
        rates.map((rate) => (
          <Card
            key={`${row.currency}${rate}`}
            rate={rate}
            row={row}
            before={previous.find(({ currency }) => currency === row.currency)?.[rate]}
          />
        )),
      )}
    </div>
  );
}

const changeTone = (change: number) =>
  ({ '-1': 'text-bad', 1: 'text-ok' })[directionOf(change)] ?? 'text-ink2';

interface CardProps {
  rate: (typeof rates)[number];
  row: RenewalReportRow;
  before: string | undefined;
}
function Card({ rate, row, before }: CardProps) {
  const { t } = useTranslation('reports');
  const now = row[rate];
  const change = now && before ? Number(now) - Number(before) : undefined;
  const counts = { renewed: row.renewed ?? 0, of: (row.renewed ?? 0) + (row.lapsed ?? 0) };
  return (
    <section
      aria-label={t(`rate.${rate}`)}
      className="flex flex-col gap-1 rounded-card border border-line bg-raised p-3 shadow-1"
    >
      <h2 className="text-small text-ink2">{t(`rate.${rate}`)}</h2>
      <p className="flex items-baseline gap-2">
        <span className="text-title font-semibold tabular">{percentText(now)}</span>
        {change !== undefined && (
          <span className={cx('text-small tabular', changeTone(change))}>
            {t('points', { points: formatChange(change) })}
          </span>
        )}
      </p>
      <p className="text-small text-ink3">
        {rate === 'policy_rate' && t('of_policies', counts)}
        {rate === 'client_rate' &&
          t('of_clients', { kept: row.clients_kept ?? 0, of: row.clients_decided ?? 0 })}
        {rate === 'premium_rate' && t('old_premiums')}
      </p>
    </section>
  );
}
