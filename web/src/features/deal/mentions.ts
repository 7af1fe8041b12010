import { matches } from '@/lib/text';
import type { User } from '@/lib/types';

export interface Mention {
  query: string;
  from: number;
}

/** The «@имя» that is being typed at the caret. */
export function mentionAt(text: string, caret: number): Mention | undefined {
  const found = /(?:^|\s)@([\p{L}-]*(?: [\p{L}-]*)?)$/u.exec(text.slice(0, caret));
  if (!found) return undefined;
  const query = found[1] ?? '';
  return { query, from: caret - query.length - 1 };
}

export function candidates(people: User[], query: string): User[] {
  return people.filter(({ full_name }) => matches(full_name, query)).slice(0, 6);
}

/** The colleagues whose names stand in the text after an @. */
export const mentionedIn = (text: string, people: User[]): string[] =>
  people.filter(({ full_name }) => text.includes(`@${full_name}`)).map(({ id }) => id);
