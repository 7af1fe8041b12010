import { CalendarDate, parseDate } from '@internationalized/date';

/** Days travel as `YYYY-MM-DD` and are counted as calendar days, so no time zone can move them. */
export type Day = string;

export const addDays = (day: Day, days: number): Day => parseDate(day).add({ days }).toString();

/** The last day of a year that begins on this one. */
export const lastOfYear = (day: Day): Day =>
  parseDate(day).add({ years: 1 }).subtract({ days: 1 }).toString();

export function daysBetween(from: Day, to: Day): number {
  return parseDate(to).compare(parseDate(from));
}

const words: Record<string, number> = {
  сегодня: 0,
  завтра: 1,
  послезавтра: 2,
  вчера: -1,
  today: 0,
  tomorrow: 1,
  yesterday: -1,
};
const units: Record<string, 'days' | 'weeks' | 'months'> = {
  д: 'days',
  d: 'days',
  н: 'weeks',
  w: 'weeks',
  м: 'months',
  m: 'months',
};

/** Understands 27.11, 27.11.26, 2026-11-27, «завтра», «+3д». A past day without a year is next year's. */
export function parseDay(text: string, today: Day): Day | undefined {
  const typed = text.trim().toLowerCase();
  const word = words[typed];
  if (word !== undefined) return addDays(today, word);
  const shift = /^\+\s*(\d{1,3})\s*([дднмdwm])?[а-яa-z]*\.?$/.exec(typed);
  if (shift) {
    const unit = units[shift[2] ?? 'д'] ?? 'days';
    return parseDate(today)
      .add({ [unit]: Number(shift[1]) })
      .toString();
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?\.?$/.exec(typed);
  if (!local) return undefined;
  const [day, month] = [Number(local[1]), Number(local[2])];
  if (local[3]) {
    const year = Number(local[3]);
    return valid(year < 100 ? 2000 + year : year, month, day);
  }
  const year = Number(today.slice(0, 4));
  const thisYear = valid(year, month, day);
  return thisYear && thisYear < today ? valid(year + 1, month, day) : thisYear;
}

function valid(year: number, month: number, day: number): Day | undefined {
  const date = new CalendarDate(year, month, day);
  return date.month === month && date.day === day ? date.toString() : undefined;
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
