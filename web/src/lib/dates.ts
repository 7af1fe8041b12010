import { parseDate } from '@internationalized/date';

/** Days travel as `YYYY-MM-DD` and are counted as calendar days, so no time zone can move them. */
export type Day = string;

export const addDays = (day: Day, days: number): Day => parseDate(day).add({ days }).toString();

/** The same day of another month, or its last day. */
export const addMonths = (day: Day, months: number): Day =>
  parseDate(day).add({ months }).toString();

/** How many months have begun from one day until another, which is not counted itself. */
export function monthsUntil(from: Day, until: Day): number {
  const [start, end] = [parseDate(from), parseDate(until)];
  const months = (end.year - start.year) * 12 + end.month - start.month;
  return addMonths(from, months) < until ? months + 1 : months;
}

/** The last day of a year that begins on this one. */
export const lastOfYear = (day: Day): Day =>
  parseDate(day).add({ years: 1 }).subtract({ days: 1 }).toString();

export function daysBetween(from: Day, to: Day): number {
  return parseDate(to).compare(parseDate(from));
}

type DayStyle = 'long' | 'short' | 'numeric';
const styles: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
};
const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}

export function formatDay(day: Day, locale: string, style: DayStyle = 'long'): string {
  const text = format(locale, { ...styles[style], timeZone: 'UTC' }).format(
    parseDate(day).toDate('UTC'),
  );
  return text.replace(/\sг\.$/, '');
}

export function formatTime(instant: string, locale: string, timeZone: string): string {
  return format(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(instant));
}

/** The day of an instant in the agency's zone. */
export function dayOf(instant: string, timeZone: string): Day {
  return format('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(
    new Date(instant),
  );
}

export function formatInstant(
  instant: string,
  locale: string,
  timeZone: string,
  today: Day,
): string {
  const day = dayOf(instant, timeZone);
  const time = formatTime(instant, locale, timeZone);
  if (day === today) return time;
  const style = day.slice(0, 4) === today.slice(0, 4) ? 'short' : 'numeric';
  return `${formatDay(day, locale, style)}, ${time}`;
}

export type DueKind = 'overdue' | 'today' | 'tomorrow' | 'soon' | 'later';
export function dueKind(day: Day, today: Day): DueKind {
  const days = daysBetween(today, day);
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days <= 7 ? 'soon' : 'later';
}
