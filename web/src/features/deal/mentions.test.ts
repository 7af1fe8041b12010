import { expect, test } from 'vitest';
import type { User } from '@/lib/types';
import { candidates, mentionAt, mentionedIn } from './mentions';

const people = [
  { id: '1', full_name: 'Ирина Попова', role: 'executor' },
  { id: '2', full_name: 'Пётр Головин', role: 'head' },
] as User[];

test('a mention begins after an @ at the caret', () => {
  expect(mentionAt('Спросим @Ири', 12)).toEqual({ query: 'Ири', from: 8 });
  expect(mentionAt('почта a@mail', 12)).toBeUndefined();
  expect(mentionAt('@Ирина Поп', 10)).toEqual({ query: 'Ирина Поп', from: 0 });
});

test('colleagues are found by any beginning, with е for ё', () => {
  expect(candidates(people, 'петр').map(({ id }) => id)).toEqual(['2']);
  expect(candidates(people, 'поп').map(({ id }) => id)).toEqual(['1']);
});

test('who is mentioned is read from the text', () => {
  expect(mentionedIn('@Ирина Попова, посмотри', people)).toEqual(['1']);
  expect(mentionedIn('Ирина Попова звонила', people)).toEqual([]);
});
