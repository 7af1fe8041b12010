import { useTranslation } from 'react-i18next';
import type { CalculationStatus, ComparisonCell, ComparisonRow } from '@/lib/data/calculations';
import { daysBetween } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { formatMoney, type Money, toMinor } from '@/lib/money';
import { useSession } from '@/lib/session';
import type { Tone } from '@/ui/chip';

export const calculationTones: Record<CalculationStatus, Tone> = {
  draft: 'idle',
  ready: 'info',
  chosen: 'accent',
  declined: 'idle',
  expired: 'warn',
};

/** So few days before its end a quote is about to expire. */
export const soonDays = 3;
export type Validity = 'unknown' | 'over' | 'soon' | 'good';
export function validity(until: string | undefined, today: string): Validity {
  if (!until) return 'unknown';
  const left = daysBetween(today, until);
  if (left < 0) return 'over';
  return left <= soonDays ? 'soon' : 'good';
}

export const isZero = (money: Money) => toMinor(money.amount) === 0n;

/** The words of a row and of its cells; a quote that says nothing has «нет данных». */
export function useValueText() {
  const { t, i18n } = useTranslation('calculations');
  const { today } = useSession();
  const locale = currentLocale();
  const money = (value: Money) => formatMoney(value, locale);
  const label = (row: ComparisonRow) => {
    if (row.name) return row.name;
    return i18n.exists(`calculations:row.${row.key}`) ? t(`row.${row.key as 'premium'}`) : row.key;
  };
  const keyword = (row: ComparisonRow, cell: ComparisonCell) => {
    const word = t(`word.${`${row.key.replace('terms.', '')}_${cell.text}` as 'towing_none'}`);
    return cell.money ? `${word} ${money(cell.money as Money)}` : word;
  };
  const value = (row: ComparisonRow, cell: ComparisonCell): string => {
    if (cell.no_data) return t('no_data');
    if (row.key === 'valid_until' && cell.text) {
      const left = daysBetween(today, cell.text);
      return left < 0 ? t('valid_over') : t('valid_left', { count: left });
    }
    if (row.kind === 'keyword') return keyword(row, cell);
    if (cell.money) {
      const none = row.key === 'deductible' && isZero(cell.money as Money);
      return none ? t('none') : money(cell.money as Money);
    }
    if (row.kind === 'flag') return t(cell.flag ? 'yes' : 'no');
    if (row.key === 'terms.instalment_count' && cell.number !== undefined) {
      return t('instalments', { count: cell.number });
    }
    return cell.number !== undefined ? String(cell.number) : (cell.text ?? '');
  };
  return { label, value, money };
}
