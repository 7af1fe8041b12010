import { useTranslation } from 'react-i18next';
import { type Day, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import type { ReadDay } from '@/lib/typed_day';

/** Why a typed day was not taken, in words; nothing for one that was. */
export function useDayWords() {
  const { t } = useTranslation();
  const named = (day: Day) => formatDay(day, currentLocale());
  return (read: ReadDay): string | undefined => {
    if (read.problem === undefined) return undefined;
    if (read.problem !== 'which') return t(`date_problem.${read.problem}`);
    const [one, other] = read.days;
    return t('date_problem.which', { one: named(one), other: named(other) });
  };
}
