import type { Clause, Condition, FieldType, Filter, Op } from './filter';
import { complete, isTeam } from './filter';

/**
 * Saved views keep their filter as AIP-160 with functions for what moves, so that other readers of
 * the API understand it: `lead_agent_id = me() AND deadline_on <= days(30)`.
 */
export const viewFilter = (filter: Filter, fields: FieldType[]): string =>
  complete(filter)
    .map((clause) => {
      const said = clause.map((condition) => conditionText(condition, fields));
      return said.length > 1 ? `(${said.map(grouped).join(' OR ')})` : said[0];
    })
    .join(' AND ');

const grouped = (text: string) => (text.includes(' AND ') ? `(${text})` : text);
const signs: Partial<Record<Op, string>> = {
  is: '=',
  has: ':',
  before: '<',
  after: '>',
  from: '>=',
  to: '<=',
};

function conditionText({ field: id, op, values }: Condition, fields: FieldType[]): string {
  const field = fields.find((known) => known.id === id);
  const name = field?.name ?? id;
  const said = values.map((value) => valueText(value, field));
  const many = said.length > 1 ? `(${said.join(' OR ')})` : said[0];
  if (op === 'empty') return `NOT ${name}:*`;
  if (op === 'some') return `${name}:*`;
  if (op === 'not') return `NOT ${name} = ${many}`;
  if (op === 'between') return `${name} >= ${said[0]} AND ${name} <= ${said[1]}`;
  return `${name} ${signs[op]} ${many}`;
}

function valueText(value: string, field: FieldType | undefined): string {
  const kind = field?.kind;
  if (kind === 'boolean' || kind === 'money') return value;
  if (kind === 'person' && value === 'me') return 'me()';
  if (field && isTeam(field, value)) return 'my_team()';
  if (kind === 'date' || kind === 'instant') {
    if (value === 'today' || value === 'month_start' || value === 'month_end') return `${value}()`;
    if (/^[+-]\d+$/.test(value)) return `days(${Number(value)})`;
  }
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Reads such a filter back; what chips cannot say is left out. */
export function parseViewFilter(text: string, fields: FieldType[]): Filter {
  const tokens = text.match(tokenPattern) ?? [];
  const clauses: Clause[] = [];
  let at = 0;
  const eat = (token: string) => tokens[at] === token && at++ >= 0;
  const values = (): string[] => {
    if (!eat('(')) return [plain(tokens[at++] ?? '')];
    const all: string[] = [];
    while (at < tokens.length && !eat(')')) if (!eat('OR')) all.push(plain(tokens[at++] ?? ''));
    return all;
  };
  const one = (): Condition | undefined => {
    const negated = eat('NOT');
    const field = fields.find(({ id, name }) => (name ?? id) === tokens[at]);
    at += 1;
    const sign = tokens[at++];
    if (sign === ':' && eat('*')) {
      return field && { field: field.id, op: negated ? 'empty' : 'some', values: [] };
    }
    const found = values();
    const op = opOf(sign, negated);
    return field && op && { field: field.id, op, values: found };
  };
  const clause = (): Clause => {
    if (!eat('(')) return merged([one()]);
    const parts: Clause = [];
    while (at < tokens.length && !eat(')')) if (!eat('OR') && !eat('AND')) parts.push(...clause());
    return merged(parts);
  };
  while (at < tokens.length) if (!eat('AND')) clauses.push(clause());
  return complete(joinSpans(clauses));
}
const tokenPattern = /"(?:[^"\\]|\\.)*"|\w+\(-?\d*\)|<=|>=|!=|[()<>=:*]|[^\s()<>=:*"]+/g;

function plain(token: string): string {
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/g, '$1');
  const [, name, number] = /^(\w+)\((-?\d*)\)$/.exec(token) ?? [];
  if (name === 'days') return Number(number) < 0 ? String(number) : `+${number}`;
  if (name === 'my_team') return 'team';
  return name ?? token;
}

function opOf(sign: string | undefined, negated: boolean): Op | undefined {
  if (negated) return sign === '=' ? 'not' : undefined;
  if (sign === '!=') return 'not';
  return (Object.keys(signs) as Op[]).find((op) => signs[op] === sign);
}

/** «From … and up to …» of one field is one condition. */
function merged(parts: (Condition | undefined)[]): Clause {
  const said = parts.filter((part) => part !== undefined);
  const [first, second] = said;
  if (said.length === 2 && first && second && isSpan(first, second)) return [spanOf(first, second)];
  return said;
}
const isSpan = (one: Condition, other: Condition) =>
  one.field === other.field && one.op === 'from' && other.op === 'to';
const spanOf = (one: Condition, other: Condition): Condition => ({
  field: one.field,
  op: 'between',
  values: [...one.values, ...other.values],
});

function joinSpans(clauses: Clause[]): Filter {
  const joined: Filter = [];
  for (const clause of clauses) {
    const [before, now] = [joined.at(-1)?.[0], clause[0]];
    const alone = joined.at(-1)?.length === 1 && clause.length === 1;
    if (alone && before && now && isSpan(before, now)) joined.splice(-1, 1, [spanOf(before, now)]);
    else joined.push(clause);
  }
  return joined;
}
