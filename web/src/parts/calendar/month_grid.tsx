import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Day } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { firstDay, type Month, monthOf, weekdays, weeksOf } from '@/lib/month';
import { useSession } from '@/lib/session';
import { cx } from '@/ui/cx';
import { DayCell, type DayProps } from './day_cell';
import type { DayOf } from './month_calendar';
import { nextDay } from './next_day';

interface MonthGridProps extends DayProps {
  month: Month;
  days: Map<Day, DayOf>;
  /** What is carried may go nowhere. */
  refused: boolean;
  onMonth: (month: Month) => void;
}
/** A month as weeks. One day can be reached by Tab; keys walk from it, also to other months. */
export function MonthGrid({ month, days, refused, onMonth, ...each }: MonthGridProps) {
  const { t } = useTranslation('calendar');
  const locale = currentLocale();
  const { grid, current, onFocus, onKeyDown } = useWalk(month, locale, onMonth);
  return (
    <table
      ref={grid}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are walked by keys.
      role="grid"
      aria-label={t('calendar')}
      className={cx('w-full table-fixed border-collapse', refused && 'opacity-50')}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          {weekdays(locale).map((name) => (
            <th key={name} scope="col" className="py-1 text-small font-medium text-ink2">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month, locale).map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <DayCell
                key={day}
                day={day}
                inside={monthOf(day) === month}
                reached={day === current}
                found={days.get(day)}
                {...each}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useWalk(month: Month, locale: string, onMonth: (month: Month) => void) {
  const { today } = useSession();
  const grid = useRef<HTMLTableElement>(null);
  const walked = useRef(false);
  const [at, setAt] = useState<Day>(today);
  const current = monthOf(at) === month ? at : firstDay(month);
  useEffect(() => {
    // The month that a key led to comes with the address, a little later.
    if (!walked.current || monthOf(at) !== month) return;
    walked.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${at}"] button`)?.focus();
  });
  const onFocus = (event: FocusEvent) => {
    const day = event.target.closest<HTMLElement>('[data-day]')?.dataset.day;
    if (day) setAt(day);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = event.ctrlKey || event.altKey ? undefined : nextDay(event.key, current, locale);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    walked.current = true;
    setAt(next);
    if (monthOf(next) !== month) onMonth(monthOf(next));
  };
  return { grid, current, onFocus, onKeyDown };
}
