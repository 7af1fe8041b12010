import type { ReminderCount, ReminderRule } from '@/lib/types';

export interface RuleOfDay {
  rule: ReminderRule;
  offsets: { days: number; count: number }[];
  count: number;
}
export interface ReminderDay {
  on: string;
  rules: RuleOfDay[];
  count: number;
}

/** Days in their order, each with its rules; the services answer one after another. */
export function daysOf(counts: ReminderCount[]): ReminderDay[] {
  const days = new Map<string, ReminderDay>();
  for (const { fires_on, rule, offset_days = 0, count = 0 } of counts) {
    const day = days.get(fires_on) ?? { on: fires_on, rules: [], count: 0 };
    let known = day.rules.find((item) => item.rule === rule);
    if (!known) {
      known = { rule, offsets: [], count: 0 };
      day.rules.push(known);
    }
    known.offsets.push({ days: offset_days, count });
    known.count += count;
    day.count += count;
    days.set(fires_on, day);
  }
  return [...days.values()].sort((one, other) => (one.on < other.on ? -1 : 1));
}
