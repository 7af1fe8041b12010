import { formatNumber } from './number';

/** Money is a decimal string on the wire and an integer of minor units here; never a float. */
export interface Money {
  amount: string;
  currency: string;
}

export function toMinor(amount: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount);
  if (!match) throw new RangeError(`not an amount: ${amount}`);
  const [, sign, whole = '0', cents = ''] = match;
  const minor = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
  return sign ? -minor : minor;
}

export function fromMinor(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** An amount of the API as people type it here, to go on from in a field. */
export const typedAmount = (amount: string): string => amount.replace('.', ',');

/** «19,5 %»: the decimal text of the API in the words of the language. */
export const formatPercent = (percent: string, locale: string): string =>
  `${locale.startsWith('ru') ? percent.replace('.', ',') : percent}\u00a0%`;

export function formatMoney(money: Money, locale: string, exact = false): string {
  const minor = toMinor(money.amount);
  const whole = !exact && minor % 100n === 0n;
  const digits = whole ? 0 : 2;
  return formatNumber(
    fromMinor(minor) as `${number}`,
    {
      style: 'currency',
      currency: money.currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    },
    locale,
  );
}

/** Totals: three significant digits, «1,43 млн ₽». */
export const formatCompact = (money: Money, locale: string): string =>
  formatNumber(
    money.amount as `${number}`,
    {
      style: 'currency',
      currency: money.currency,
      notation: 'compact',
      maximumSignificantDigits: 3,
    },
    locale,
  );
