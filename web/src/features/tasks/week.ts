import { addDays, type Day } from '@/lib/dates';

/** The Monday of the week of a day. */
export function mondayOf(day: Day): Day {
  const sunday0 = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((sunday0 + 6) % 7));
}
export const weekDays = (monday: Day): Day[] =>
  Array.from({ length: 7 }, (_, index) => addDays(monday, index));
