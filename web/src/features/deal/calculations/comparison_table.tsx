import { useTranslation } from 'react-i18next';
import type { Calculation, Comparison, ComparisonRow } from '@/lib/data/calculations';
import type { Money } from '@/lib/money';
import { useSession } from '@/lib/session';
import { Chip } from '@/ui/chip';
import { cx } from '@/ui/cx';
import { Lock } from '@/ui/icons';
import { QuoteActions } from './quote_actions';
import { calculationTones, isZero, useValueText, validity } from './values';

const cellClass = 'border-t border-l border-line px-3 py-2 text-left align-middle font-normal';

interface ComparisonTableProps {
  comparison: Comparison;
  dealId: string;
  onEdit: (quote: Calculation) => void;
}
/** A column per quote and a row per condition; the first column stays while the others scroll. */
export function ComparisonTable({ comparison, dealId, onEdit }: ComparisonTableProps) {
  const { t } = useTranslation('calculations');
  const { calculations, rows } = comparison;
  const premium = rows.find((row) => row.key === 'premium');
  return (
    <section
      aria-label={t('compare')}
      tabIndex={0}
      className="max-w-full snap-x scroll-pl-[150px] overflow-x-auto rounded-panel border border-line bg-raised max-md:scroll-pl-[112px]"
    >
      <table className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 w-[150px] min-w-[150px] bg-raised px-3 py-3 text-left align-bottom text-small font-normal text-ink3 max-md:w-[112px] max-md:min-w-[112px]"
            >
              {t('row_head')}
            </th>
            {calculations.map((quote, column) => (
              <QuoteHead key={quote.id} quote={quote} premium={premium} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => row.key !== 'premium')
            .map((row) => (
              <Row key={row.key} row={row} quotes={calculations} />
            ))}
          <tr>
            <th
              scope="row"
              className="sticky left-0 z-10 border-t border-line bg-raised px-3 text-left"
            >
              <span className="sr-only">{t('actions')}</span>
            </th>
            {calculations.map((quote) => (
              <td
                key={quote.id}
                className={cx(cellClass, quote.status === 'chosen' && 'bg-select')}
              >
                <QuoteActions quote={quote} dealId={dealId} onEdit={onEdit} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  );
}

interface QuoteHeadProps {
  quote: Calculation;
  premium: ComparisonRow | undefined;
  column: number;
}
function QuoteHead({ quote, premium, column }: QuoteHeadProps) {
  const { t } = useTranslation('calculations');
  const { money } = useValueText();
  const cell = premium?.cells?.[column];
  const chosen = quote.status === 'chosen';
  return (
    <th
      scope="col"
      className={cx(
        'min-w-[164px] snap-start border-l border-line px-3 py-3 text-left align-top font-normal max-md:min-w-[150px]',
        chosen && 'bg-select',
      )}
    >
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-head font-semibold">{quote.insurer_name}</span>
        <Chip tone={calculationTones[quote.status]}>{t(`status.${quote.status}`)}</Chip>
      </span>
      <span className="block truncate text-small text-ink3">
        {[t(`product.${quote.product}`), quote.program].filter(Boolean).join(' · ')}
      </span>
      <span className="mt-1 block text-title font-semibold tabular-nums">
        {quote.premium ? money(quote.premium as Money) : t('no_data')}
      </span>
      <span className={cx('block text-small', cell?.best ? 'text-ok' : 'text-ink3')}>
        <Difference cell={cell?.difference as Money | undefined} best={cell?.best === true} />
      </span>
    </th>
  );
}

function Difference({ cell, best }: { cell: Money | undefined; best: boolean }) {
  const { t } = useTranslation('calculations');
  const { money } = useValueText();
  if (best) return t('cheapest');
  if (!cell || isZero(cell)) return '\u00a0';
  return `+${money(cell)}`;
}

function Row({ row, quotes }: { row: ComparisonRow; quotes: Calculation[] }) {
  const { t } = useTranslation('calculations');
  const { today } = useSession();
  const { label, value } = useValueText();
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 z-10 border-t border-line bg-raised px-3 py-2 text-left align-middle text-small font-normal text-ink2"
      >
        <span className="inline-flex items-center gap-1.5">
          {row.internal && <Lock />}
          {label(row)}
          {row.internal && <span className="sr-only">{t('internal')}</span>}
        </span>
      </th>
      {(row.cells ?? []).map((cell, column) => {
        const quote = quotes[column];
        const late = row.key === 'valid_until' ? validity(quote?.valid_until, today) : 'good';
        return (
          <td
            key={quote?.id ?? column}
            className={cx(cellClass, 'tabular-nums', quote?.status === 'chosen' && 'bg-select')}
          >
            <span
              className={cx(
                cell.best && 'font-semibold text-ok',
                cell.no_data && 'text-ink3',
                (late === 'soon' || late === 'over') && 'text-warn',
              )}
            >
              {value(row, cell)}
            </span>
            {row.internal && cell.rate && (
              <span className="text-small text-ink3"> {cell.rate.replace('.', ',')}&nbsp;%</span>
            )}
            {cell.best && <span className="sr-only"> ({t('best')})</span>}
          </td>
        );
      })}
    </tr>
  );
}
