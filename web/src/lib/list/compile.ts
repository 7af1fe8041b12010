import { endOfMonth, parseDate, startOfMonth } from '@internationalized/date';
import { addDays, type Day } from '../dates';
import { type Condition, type FieldType, type Filter, isTeam } from './filter';

/** What the words in a filter stand for. */
export interface Around {
  me: string;
  today: Day;
  timeZone: string;
}

const quote = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The day that a word means today: `today`, `+30`, `-7`, `month_start`; nothing for nonsense. */
export function dayOfWord(word: string, today: Day): Day | undefined {
  if (word === 'today') return today;
  if (word === 'month_start') return startOfMonth(parseDate(today)).toString();
  if (word === 'month_end') return endOfMonth(parseDate(today)).toString();
  if (/^[+-]\d{1,4}$/.test(word)) return addDays(today, Number(word));
  try {
    return parseDate(word).toString();
  } catch {
    return undefined;
  }
}

/** The `filter` of a list call (AIP-160), with today's days and the caller in place of words. */
export function compileFilter(filter: Filter, fields: FieldType[], around: Around): string {
  return filter
    .map((clause) => alternatives(clause.map((one) => compileOne(one, fields, around))))
    .filter(Boolean)
    .join(' AND ');
}

function alternatives(parts: string[]): string {
  const said = parts.filter(Boolean);
  if (said.length < 2) return said[0] ?? '';
  return `(${said.map((part) => (part.includes(' AND ') ? `(${part})` : part)).join(' OR ')})`;
}

const both = (...parts: string[]) => parts.join(' AND ');

function compileOne(condition: Condition, fields: FieldType[], around: Around): string {
  const field = fields.find(({ id }) => id === condition.field);
  if (!field) return '';
  const name = field.name ?? field.id;
  const { op, values } = condition;
  if (op === 'empty') return `NOT ${name}:*`;
  if (op === 'some') return `${name}:*`;
  if (field.kind === 'date' || field.kind === 'instant') {
    return compileDays(name, field.kind, condition, around);
  }
  const said = values.map((value) => literal(field, value, around));
  if (op === 'is') return alternatives(said.map((value) => `${name} = ${value}`));
  if (op === 'not') return both(...said.map((value) => `${name} != ${value}`));
  if (op === 'has') return `${name} : ${said[0]}`;
  if (op === 'from') return `${name} >= ${said[0]}`;
  if (op === 'to') return `${name} <= ${said[0]}`;
  return both(`${name} >= ${said[0]}`, `${name} <= ${said[1]}`);
}

function literal(field: FieldType, value: string, around: Around): string {
  if (field.kind === 'boolean') return value === 'true' ? 'true' : 'false';
  if (field.kind === 'money') return value;
  if (isTeam(field, value)) return 'my_team()';
  return quote(field.kind === 'person' && value === 'me' ? around.me : value);
}

/** Instants are compared with the first moment of a day in the agency's time zone. */
function compileDays(name: string, kind: 'date' | 'instant', condition: Condition, around: Around) {
  const days = condition.values.map((word) => dayOfWord(word, around.today));
  const [first, last = first] = days;
  if (!first || !last) return '';
  const instant = kind === 'instant';
  const start = (day: Day) =>
    quote(instant ? parseDate(day).toDate(around.timeZone).toISOString() : day);
  const since = (day: Day) => `${name} >= ${start(day)}`;
  const until = (day: Day) =>
    instant ? `${name} < ${start(addDays(day, 1))}` : `${name} <= ${start(day)}`;
  switch (condition.op) {
    case 'is':
      return instant ? both(since(first), until(first)) : `${name} = ${start(first)}`;
    case 'before':
      return `${name} < ${start(first)}`;
    case 'after':
      return instant ? since(addDays(first, 1)) : `${name} > ${start(first)}`;
    case 'from':
      return since(first);
    case 'to':
      return until(first);
    default:
      return both(since(first), until(last));
  }
}
