/** Builds the `filter` text of a list call (AIP-160). */
export type Term = string | undefined | false;

const quote = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

export const is = (field: string, value: string | undefined): Term =>
  value ? `${field} = ${quote(value)}` : undefined;
export const not = (field: string, value: string): Term => `${field} != ${quote(value)}`;
export const before = (field: string, value: string): Term => `${field} < ${quote(value)}`;
export const upTo = (field: string, value: string): Term => `${field} <= ${quote(value)}`;
export const from = (field: string, value: string): Term => `${field} >= ${quote(value)}`;
export const flag = (field: string, value: boolean): Term => `${field} = ${value}`;

export function all(...terms: Term[]): string | undefined {
  return terms.filter(Boolean).join(' AND ') || undefined;
}
