import { getDayOfWeek, parseDate } from '@internationalized/date';
import { addDays, type Day } from './dates';

/** A month as `2026-11`. */
export type Month = string;
export const monthOf = (day: Day): Month => day.slice(0, 7);
export const firstDay = (month: Month): Day => `${month}-01`;
export const lastDay = (month: Month): Day =>
  parseDate(firstDay(month)).add({ months: 1 }).subtract({ days: 1 }).toString();
export const monthAfter = (month: Month, count: number): Month =>
  monthOf(parseDate(firstDay(month)).add({ months: count }).toString());

/** The weeks that a month stands in, from Monday to Sunday; days of its neighbours included. */
export function weeksOf(month: Month): Day[][] {
  const first = firstDay(month);
  const monday = addDays(first, -getDayOfWeek(parseDate(first), 'ru', 'mon'));
  const weeks: Day[][] = [];
  for (let day = monday; day <= lastDay(month); day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)));
  }
  return weeks;
}

export const monthText = (month: Month, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    parseDate(firstDay(month)).toDate('UTC'),
  );
/** пн, вт, …: a week of any days. */
export const weekdays = (locale: string): string[] =>
  Array.from({ length: 7 }, (_, index) =>
    new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(
      Date.UTC(2026, 10, 23 + index),
    ),
  );
