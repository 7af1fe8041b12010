import { CalendarDateTime, parseDate, parseTime, toZoned } from '@internationalized/date';
import { type Day, formatTime } from '@/lib/dates';
import type { Task } from '@/lib/types';

/** The instant of a day and a time in the agency's zone. */
export function instantOf(day: Day, time: string, zone: string): string {
  const { year, month, day: date } = parseDate(day);
  const { hour, minute } = parseTime(time.trim().padStart(5, '0'));
  return toZoned(new CalendarDateTime(year, month, date, hour, minute), zone).toAbsoluteString();
}

/** A task's due moved to another day; one with a time keeps it, and the reminders before it. */
export function dueOnDay({ due_at }: Task, day: Day, zone: string): object {
  if (!due_at) return { due_on: day };
  return { due_at: instantOf(day, formatTime(due_at, 'ru-RU', zone), zone) };
}
