const sum = (digits: string, weights: number[]) =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
const check = (digits: string, weights: number[], at: number) =>
  (sum(digits, weights) % 11) % 10 === Number(digits[at]);

const company = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const first = [7, ...company];
const second = [3, ...first];

/** Whether the check digits of an INN fit: a warning, never a refusal, for foreign numbers exist. */
export function taxNumberChecks(text: string): boolean {
  const digits = text.replace(/\s/g, '');
  if (/^\d{10}$/.test(digits)) return check(digits, company, 9);
  if (/^\d{12}$/.test(digits)) return check(digits, first, 10) && check(digits, second, 11);
  return false;
}
