/** The fields that differ between two states of a record, for history and conflicts. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}
const bookkeeping = new Set([
  'id',
  'version',
  'created_at',
  'updated_at',
  'status_changed_at',
  'can',
  'allowed_statuses',
  'warnings',
  // Derived from other records: they say nothing about who changed what here.
  'active_policy_count',
  'calculation_count',
  'chosen_calculation_count',
  'policy_count',
  'ready_calculation_count',
  'deal_count',
  'policies_in_force',
  'premium_a_year',
  'next_date',
  'renewal_state',
  'ready_quotes',
  'renewal_premium',
  'premium_change',
  'at_risk',
]);

export function changes(before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [asRecord(before), asRecord(after)];
  const fields = new Set([...Object.keys(old), ...Object.keys(now)]);
  const named = (field: string) =>
    /_id$/.test(field) &&
    ['_name', '_number'].some((ending) => fields.has(field.replace(/_id$/, ending)));
  return [...fields]
    .filter((field) => !bookkeeping.has(field) && !named(field))
    .filter((field) => !same(old[field], now[field]))
    .map((field) => ({ field, before: old[field], after: now[field] }));
}

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** The fields that both sides changed, each to something else; all others merge by themselves. */
export function conflicts<T extends object>(mine: Partial<T>, base: T, theirs: T): (keyof T)[] {
  return (Object.keys(mine) as (keyof T)[]).filter(
    (field) => !same(base[field], theirs[field]) && !same(mine[field], theirs[field]),
  );
}
