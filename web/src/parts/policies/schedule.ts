import type { Instalment } from '@/lib/data/policies';
import { addDays, type Day, daysBetween } from '@/lib/dates';
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

/** So many equal parts over the time of a policy, the first one on its first day. */
export function inParts(premium: Money, count: number, start: Day, end: Day | undefined): Part[] {
  const length = end && end > start ? daysBetween(start, end) + 1 : 365;
  return split(
    premium,
    Array.from({ length: count }, (_, i) => addDays(start, Math.floor((length * i) / count))),
  );
}

export const instalmentsOf = (parts: Part[], currency: string): Instalment[] =>
  parts.map(({ id, due_on, amount }) => ({
    ...(id && { id }),
    due_on: due_on ?? '',
    amount: { amount: parseAmount(amount) ?? '0', currency },
  }));
