import { fromMinor, toMinor } from './money';

/** What a typed sum is: the amount of the API, or why it is none. */
export type ReadAmount =
  | { amount: string; problem?: undefined }
  | { amount?: undefined; problem: 'not_amount' | 'not_cents' };

const space = '[ \\u00a0\\u202f\\u2009]';
const currency = /\s*(рублей|рубля|рубль|руб|₽|р|rub)\.?$/i;
const bySpaces = new RegExp(`^\\d{1,3}(?:(?:${space}|['’])\\d{3})+(?![\\d ])`);
const separated = /^(\d+(?:[.,]\d+)+)[.,]?$/;

/**
 * Reads what people type and paste: «84 250,50 руб.», «84,250.50». Thousands are told by spaces or
 * apostrophes; a comma or a dot tells kopecks, unless it stands more than once or before the other
 * one. One with three digits behind it may be either, so it is refused: «84250,500», «84,250».
 */
export function readAmount(text: string): ReadAmount {
  const bare = text.trim().replace(currency, '').trim();
  const plain = bare.replace(bySpaces, (whole) => whole.replace(/\D/g, ''));
  if (/^\d+[.,]?$/.test(plain)) return sum(plain.replace(/\D/g, ''));
  const parts = separated.exec(plain)?.[1];
  if (parts === undefined) return { problem: 'not_amount' };
  const grouped = plain !== bare;
  const signs = parts.replace(/\d/g, '');
  const [head = '', ...rest] = parts.split(/[.,]/);
  const thousands = (groups: string[]) =>
    !grouped && /^\d{1,3}$/.test(head) && groups.every((group) => /^\d{3}$/.test(group));
  if (signs.length === 1) return withCents(head, rest[0] ?? '');
  const same = signs === signs.charAt(0).repeat(signs.length);
  if (same) return thousands(rest) ? sum(head + rest.join('')) : { problem: 'not_amount' };
  const cents = rest.at(-1) ?? '';
  const groups = rest.slice(0, -1);
  const before = signs.slice(0, -1);
  const oneSign = before === before.charAt(0).repeat(before.length);
  if (!oneSign || !thousands(groups)) return { problem: 'not_amount' };
  return withCents(head + groups.join(''), cents);
}

const sum = (digits: string): ReadAmount => ({ amount: fromMinor(toMinor(digits)) });
const withCents = (whole: string, cents: string): ReadAmount =>
  cents.length > 2 ? { problem: 'not_cents' } : sum(`${whole}.${cents}`);

export const parseAmount = (text: string): string | undefined => readAmount(text).amount;

/** «12,5 %» as the API takes it; at most four digits behind the comma, never more than all. */
export function parsePercent(text: string): string | undefined {
  const plain = text.trim().replace(/\s*%$/, '').replace(',', '.');
  return /^\d{1,3}(\.\d{1,4})?$/.test(plain) && Number(plain) <= 100 ? plain : undefined;
}

/** A whole number as it is typed: spaces between its thousands, nothing behind a comma. */
export function typedCount(text: string): number | undefined {
  const digits = /^[\d\s]*/.exec(text)?.[0].replace(/\s/g, '') ?? '';
  return Number(digits) || undefined;
}
