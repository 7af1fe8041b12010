import { CalendarDate, parseDate } from '@internationalized/date';
import { addDays, type Day, daysBetween } from './dates';
import { monthOfWord, nearWord, type Unit, unitOfWord, weekdayOfWord } from './typed_words';

/**
 * Which of several days is meant when the year or the week is not said: the one to come, the one
 * that was, whichever is nearer; a birth always was, and its year is always said.
 */
export type Leaning = 'coming' | 'past' | 'nearest' | 'birth';

/** A day, or why there is none. `days` are those between which a person has to choose. */
export type ReadDay =
  | { day: Day; problem?: undefined }
  | { day?: undefined; problem: 'unknown' | 'no_such' | 'no_year' | 'not_born' | 'far' }
  | { day?: undefined; problem: 'which'; days: [Day, Day] };

type Found = Day[] | 'no_year' | undefined;
interface Around {
  today: Day;
  leaning: Leaning;
}

const first = 1900;
const last = 2199;

/**
 * Understands what the line of a task does (services/tasks/src/parse: one table of examples tests
 * both) and what fields of forms need beside it: days that were, and births.
 */
export function readDay(text: string, today: Day, leaning: Leaning = 'coming'): ReadDay {
  const words = wordsOf(text);
  const around = { today, leaning };
  const found =
    near(words, today) ??
    weekday(words, around) ??
    digits(words, around) ??
    namedMonth(words, around) ??
    distance(words, today);
  if (found === undefined) return { problem: 'unknown' };
  if (found === 'no_year') return { problem: 'no_year' };
  const [day, other] = found;
  if (day === undefined) return { problem: 'no_such' };
  if (other !== undefined) return { problem: 'which', days: [day, other] };
  const year = Number(day.slice(0, -6));
  if (year < first || year > last) return { problem: 'far' };
  return leaning === 'birth' && day > today ? { problem: 'not_born' } : { day };
}

const prepositions = /^(до|к|ко|в|во|на|с|со|от|by|until|on|at|from)$/;
function wordsOf(text: string): string[] {
  const words = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\u2212\u2013]/g, '-')
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.,;]+$/, ''));
  return words.length > 1 && prepositions.test(words[0] ?? '') ? words.slice(1) : words;
}

const near = (words: string[], today: Day): Found => {
  const days = nearWord(words.join(' '));
  return days === undefined ? undefined : [addDays(today, days)];
};

const next = /^(следующ(ий|ую|ее|ей|его)|next)$/;
const current = /^(этот|эту|это|this)$/;
/** A weekday is the next one that comes; of «next» ones, that of the next week. Today's own name may
 * mean today or a week from today. */
function weekday(words: string[], { today, leaning }: Around): Found {
  const inNext = next.test(words[0] ?? '');
  const named = inNext || current.test(words[0] ?? '');
  const wanted = weekdayOfWord(words[named ? 1 : 0] ?? '');
  if (wanted === 0 || words.length !== (named ? 2 : 1)) return undefined;
  const now = ((parseDate(today).toDate('UTC').getUTCDay() + 6) % 7) + 1;
  if (inNext) return [addDays(today, 7 - now + wanted)];
  const coming = addDays(today, (wanted - now + 7) % 7);
  if (named) return [coming];
  const past = addDays(coming, -7);
  if (leaning === 'past' || leaning === 'birth') return wanted === now ? [coming, past] : [past];
  return wanted === now ? [coming, addDays(coming, 7)] : [coming];
}

/** 27.11, 27.11.26, 27/11/2026 and 2026-11-27; a comma is what the dot's key types in Russian. */
function digits(words: string[], around: Around): Found {
  const word = words.length === 1 ? (words[0] ?? '') : '';
  const whole = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/.exec(word);
  if (whole) return exact(Number(whole[1]), Number(whole[3]), Number(whole[4]));
  const local = /^(\d{1,2})([-./,])(\d{1,2})(?:\2(\d{2}|\d{4}))?$/.exec(word);
  return local ? inYear(Number(local[1]), Number(local[3]), local[4], around) : undefined;
}

/** 27 ноября, 27 ноября 2027 г., nov 27. */
function namedMonth(words: string[], around: Around): Found {
  const [one = '', two = '', year, tail, more] = words;
  const monthFirst = monthOfWord(one) > 0;
  const month = monthOfWord(monthFirst ? one : two);
  const day = /^\d{1,2}$/.exec(monthFirst ? two : one)?.[0];
  if (!month || !day || more !== undefined) return undefined;
  if (year !== undefined && !/^(\d{2}|\d{4})$/.test(year)) return undefined;
  if (tail !== undefined && !/^(г|год|года)$/.test(tail)) return undefined;
  return inYear(Number(day), month, year, around);
}

/** +3д, +3 дня, +1 год, через 3 дня, через неделю, in a month; a bare +3 is days. */
function distance(words: string[], today: Day): Found {
  const [start = '', ...rest] = words;
  if (start.startsWith('+')) return moved([start.slice(1), ...rest].filter(Boolean), today, 'days');
  if (start !== 'через' && start !== 'in') return undefined;
  const counted = /^(a|an|один|одну)$/.test(rest[0] ?? '') ? rest.slice(1) : rest;
  const unit = counted.length === 1 ? unitOfWord(counted[0] ?? '') : undefined;
  return unit ? [plus(today, 1, unit)] : moved(counted, today);
}

function moved([amount = '', ...rest]: string[], today: Day, bare?: Unit): Found {
  const [, count, glued] = /^(\d{1,3})(\p{L}*)$/u.exec(amount) ?? [];
  const said = [glued, ...rest].filter(Boolean);
  if (count === undefined || said.length > 1) return undefined;
  const unit = said[0] === undefined ? bare : unitOfWord(said[0]);
  return unit && [plus(today, Number(count), unit)];
}

const plus = (day: Day, count: number, unit: Unit): Day => {
  const date = parseDate(day);
  const months = { days: 0, weeks: 0, months: 1, halves: 6, years: 12 }[unit];
  if (months > 0) return date.add({ months: months * count }).toString();
  return date.add({ [unit]: count }).toString();
};

function exact(year: number, month: number, day: number): Day[] {
  const date = new CalendarDate(year, month, day);
  return date.year === year && date.month === month && date.day === day ? [date.toString()] : [];
}

const centuries = 100;
function inYear(day: number, month: number, said: string | undefined, around: Around): Found {
  const { today, leaning } = around;
  const current = Number(today.slice(0, 4));
  if (said?.length === 4) return exact(Number(said), month, day);
  if (said !== undefined) {
    const year = current - (current % centuries) + Number(said);
    const [date] = exact(year, month, day);
    if (leaning !== 'birth' || (date && date <= today)) return date ? [date] : [];
    return exact(year - centuries, month, day);
  }
  // Of eight years one always has a 29th of February.
  const years = Array.from({ length: 17 }, (_, at) => exact(current - 8 + at, month, day)).flat();
  if (leaning === 'birth') return years.length > 0 ? 'no_year' : [];
  const was = years.findLast((date) => date <= today);
  const comes = years.find((date) => date >= today);
  if (was === undefined || comes === undefined) return [];
  if (leaning !== 'nearest') return [leaning === 'past' ? was : comes];
  return [daysBetween(was, today) < daysBetween(today, comes) ? was : comes];
}
