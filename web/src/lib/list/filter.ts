/** What a list is narrowed to, as the chips say it: clauses joined by AND, each of alternatives. */
export type FieldKind = 'text' | 'enum' | 'person' | 'date' | 'instant' | 'money' | 'boolean';

export const ops = [
  'is',
  'not',
  'has',
  'before',
  'after',
  'from',
  'to',
  'between',
  'empty',
  'some',
] as const;
export type Op = (typeof ops)[number];

export interface Condition {
  field: string;
  op: Op;
  /** Ids, texts, amounts, days; days and people also as words: `today`, `+30`, `month_end`, `me`, `team`. */
  values: string[];
}
export type Clause = Condition[];
export type Filter = Clause[];

/** What the server knows a field by, and how it compares. */
export interface FieldType {
  id: string;
  kind: FieldKind;
  /** The name in the filters of the API; the id when absent. */
  name?: string;
  /** Only the whole value can be asked for: ids. */
  whole?: boolean;
  /** A person, but the list knows no deals that would make one's team. */
  teamless?: boolean;
  /** Some records have no value here, so that it can be asked for. */
  optional?: boolean;
}

/** Whether a value stands for everybody who takes part in the open deals that one sees. */
export const isTeam = (field: FieldType, value: string): boolean =>
  field.kind === 'person' && !field.teamless && value === 'team';

const opsOf: Record<FieldKind, Op[]> = {
  text: ['has', 'is'],
  enum: ['is', 'not'],
  person: ['is', 'not'],
  date: ['between', 'is', 'before', 'after', 'from', 'to'],
  instant: ['between', 'is', 'before', 'after', 'from', 'to'],
  money: ['from', 'to', 'between', 'is'],
  boolean: ['is'],
};
const empties = ['empty', 'some'] as const;
export const opsFor = (field: FieldType): Op[] => [
  ...(field.whole ? (['is'] as const) : opsOf[field.kind]),
  ...(field.optional ? empties : []),
];

const valuesOf: Partial<Record<Op, number>> = { between: 2, empty: 0, some: 0 };
/** How many values a comparison takes; «is» and «is not» take any number. */
export const valueCount = (op: Op): number => valuesOf[op] ?? 1;
export const takesMany = (field: FieldType, op: Op): boolean =>
  (op === 'is' || op === 'not') && (field.kind === 'enum' || field.kind === 'person');

export const isComplete = ({ op, values }: Condition): boolean =>
  values.length >= valueCount(op) && values.every((value) => value !== '');

/** The filter with one condition about a field in place of all that speak of it alone. */
export const withCondition = (filter: Filter, condition: Condition): Filter => [
  [condition],
  ...filter.filter((clause) => !clause.every(({ field }) => field === condition.field)),
];

/** The conditions that say something, without clauses that say nothing. */
export const complete = (filter: Filter): Filter =>
  filter.map((clause) => clause.filter(isComplete)).filter((clause) => clause.length > 0);

const escaped = (value: string) =>
  encodeURIComponent(value).replace(/[.*~!'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);

/** The filter as it stands in the address: `lead_agent_id.is.me*status.is.draft.issuance`. */
export const filterText = (filter: Filter): string =>
  filter
    .map((clause) =>
      clause
        .map(({ field, op, values }) => [field, op, ...values.map(escaped)].join('.'))
        .join('~'),
    )
    .join('*');

/** Reads what an address or a saved view says; what it does not know is left out. */
export function parseFilter(text: string, fields: FieldType[]): Filter {
  const clause = (part: string) =>
    part
      .split('~')
      .map((condition) => parseCondition(condition, fields))
      .filter((condition) => condition !== undefined);
  return complete(text.split('*').slice(0, maxClauses).map(clause));
}
const maxClauses = 20;

function parseCondition(text: string, fields: FieldType[]): Condition | undefined {
  const [id, op, ...rest] = text.split('.');
  const field = fields.find((known) => known.id === id);
  const known = ops.find((name) => name === op);
  if (!field || !known || !opsFor(field).includes(known)) return undefined;
  try {
    const values = rest.slice(0, 50).map(decodeURIComponent);
    return { field: field.id, op: known, values: values.slice(0, limitOf(field, known)) };
  } catch {
    return undefined;
  }
}
const limitOf = (field: FieldType, op: Op) => (takesMany(field, op) ? 50 : valueCount(op));
