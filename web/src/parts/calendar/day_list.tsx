import { useTranslation } from 'react-i18next';
import type { Day } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { isDayOff, type Month, monthOf } from '@/lib/month';
import { useSession } from '@/lib/session';
import { cx } from '@/ui/cx';
import type { DayOf, DayWords } from './month_calendar';

interface DayListProps {
  month: Month;
  days: Map<Day, DayOf>;
  words: DayWords;
  onOpen: (day: Day) => void;
}
/** A month on a phone: the days that have something, and today. */
export function DayList({ month, days, words, onOpen }: DayListProps) {
  const { t } = useTranslation('calendar');
  const { today } = useSession();
  const locale = currentLocale();
  const format = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    weekday: 'short',
    timeZone: 'UTC',
  });
  const shown = [...new Set([...days.keys(), ...(monthOf(today) === month ? [today] : [])])].sort();
  if (shown.length === 0) return <p className="py-4 text-ink2">{t('month_empty')}</p>;
  return (
    <ol aria-label={t('calendar')} className="divide-y divide-line border-y border-line">
      {shown.map((day) => {
        const found = days.get(day);
        return (
          <li key={day} aria-current={day === today ? 'date' : undefined}>
            <button
              type="button"
              onClick={() => onOpen(day)}
              className="flex min-h-11 w-full items-center justify-between gap-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span
                className={cx(
                  'shrink-0 tabular',
                  isDayOff(day, locale) && 'text-ink2',
                  day === today && 'rounded-chip bg-warn-soft px-1 font-semibold text-warn',
                )}
              >
                {format.format(new Date(`${day}T00:00:00Z`))}
              </span>
              <span className="min-w-0 text-right tabular">
                {words.count(found?.count ?? 0)}
                {found && words.sum(found.sums) && (
                  <span className="block text-small text-ink2">{words.sum(found.sums)}</span>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
