import { endOfWeek, isWeekend, parseDate, startOfWeek } from '@internationalized/date';
import { addDays, type Day } from './dates';

/** A month as `2026-11`. */
export type Month = string;
export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day =>
  parseDate(firstDay(month)).add({ months: 1 }).subtract({ days: 1 }).toString();
export const monthAfter = (month: Month, count: number): Month =>
  monthOf(parseDate(firstDay(month)).add({ months: count }).toString());

/** The first day of the week of a day, by the habit of the language: Monday, or Sunday. */
export const weekStart = (day: Day, locale: string): Day =>
  startOfWeek(parseDate(day), locale).toString();
export const weekEnd = (day: Day, locale: string): Day =>
  endOfWeek(parseDate(day), locale).toString();
export const isDayOff = (day: Day, locale: string): boolean => isWeekend(parseDate(day), locale);
/** The same day of another month, or its last one. */
export const inMonths = (day: Day, count: number): Day =>
  parseDate(day).add({ months: count }).toString();

/** The weeks that a month stands in; days of its neighbours included. */
export function weeksOf(month: Month, locale: string): Day[][] {
  const weeks: Day[][] = [];
  for (let day = weekStart(firstDay(month), locale); day <= lastDay(month); day = addDays(day, 7)) {
    const first = day;
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(first, index)));
  }
  return weeks;
}

export const monthText = (month: Month, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    parseDate(firstDay(month)).toDate('UTC'),
  );
/** пн, вт, …: the days of any week. */
export function weekdays(locale: string): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const first = weekStart('2026-11-23', locale);
  return Array.from({ length: 7 }, (_, index) =>
    format.format(parseDate(addDays(first, index)).toDate('UTC')),
  );
}
