import { readFileSync } from 'node:fs';

export interface Person {
  email: string;
  password: string;
  role: 'agent' | 'executor' | 'finance' | 'head' | 'admin';
  full_name?: string;
}

/** The demo users of the running system. */
export const people: Person[] = JSON.parse(readFileSync(process.env.USERS_FILE ?? '', 'utf8'));

export function person(role: Person['role'], which = 0): Person {
  const found = people.filter((item) => item.role === role)[which];
  if (!found) throw new Error(`no demo user ${which} with role ${role}`);
  return found;
}

/** A name that no other run has used. */
export const fresh = (word: string) =>
  `${word} ${Date.now().toString(36)}${Math.floor(Math.random() * 1e4)}`;
