import { addDays, type Day } from '@/lib/dates';
import { inMonths, weekEnd, weekStart } from '@/lib/month';

const steps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

/** The day that a key leads to from another; nothing for other keys. */
export function nextDay(key: string, day: Day, locale: string): Day | undefined {
  const step = steps[key];
  if (step) return addDays(day, step);
  if (key === 'PageUp') return inMonths(day, -1);
  if (key === 'PageDown') return inMonths(day, 1);
  if (key === 'Home') return weekStart(day, locale);
  return key === 'End' ? weekEnd(day, locale) : undefined;
}
