import type { Instalment } from '@/lib/data/policies';
import { addDays, addMonths, type Day, daysBetween, monthsUntil } from '@/lib/dates';
import { fromMinor, type Money, toMinor, typedAmount } from '@/lib/money';
import { parseAmount } from '@/lib/typed_number';

/** An instalment as it is typed. */
export interface Part {
  id?: string | undefined;
  due_on: string | undefined;
  amount: string;
}

export const partsOf = (instalments: Instalment[] | undefined): Part[] =>
  (instalments ?? []).map(({ id, due_on, amount }) => ({
    id,
    due_on,
    amount: typedAmount(amount.amount),
  }));

/** How much the parts are over (positive) or under the premium, in kopecks. */
export function difference(premium: Money | undefined, parts: Part[]): bigint {
  const sum = parts.reduce((total, { amount }) => {
    const parsed = parseAmount(amount);
    return parsed ? total + toMinor(parsed) : total;
  }, 0n);
  return sum - (premium ? toMinor(premium.amount) : 0n);
}

/** Equal parts in whole rubles; the last one takes the remainder. */
export function split(premium: Money, days: (string | undefined)[]): Part[] {
  const total = toMinor(premium.amount);
  const count = BigInt(days.length);
  const part = (total / count / 100n) * 100n;
  return days.map((due_on, i) => {
    const last = i + 1 === days.length;
    const minor = last ? total - part * (count - 1n) : part;
    return { due_on, amount: typedAmount(fromMinor(minor)) };
  });
}

/**
 * So many equal parts over the time of a policy, the first one on its first day and the others on the
 * same day of a month, as the server splits a premium.
 */
export function inParts(premium: Money, count: number, start: Day, end: Day | undefined): Part[] {
  const until = end && end > start ? addDays(end, 1) : addMonths(start, 12);
  const months = monthsUntil(start, until);
  const length = daysBetween(start, until);
  const day = (i: number) =>
    months >= count
      ? addMonths(start, Math.floor((months * i) / count))
      : addDays(start, Math.floor((length * i) / count));
  return split(
    premium,
    Array.from({ length: count }, (_, i) => day(i)),
  );
}

export const instalmentsOf = (parts: Part[], currency: string): Instalment[] =>
  parts.map(({ id, due_on, amount }) => ({
    ...(id && { id }),
    due_on: due_on ?? '',
    amount: { amount: parseAmount(amount) ?? '0', currency },
  }));
