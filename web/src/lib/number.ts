import { currentLocale } from './i18n';

/** A number as the language writes it, with the minus of print and not a hyphen. */
export const formatNumber = (
  value: number | bigint | `${number}`,
  options?: Intl.NumberFormatOptions,
  locale = currentLocale(),
): string => new Intl.NumberFormat(locale, options).format(value).replaceAll('-', '\u2212');

/** A difference: what grew has its plus, what stayed has no sign. */
export const formatChange = (value: number, locale = currentLocale()): string =>
  formatNumber(value, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }, locale);

/** Which way a difference goes once it is rounded to what is shown. */
export const directionOf = (change: number) => Math.sign(Math.round(change * 10));
