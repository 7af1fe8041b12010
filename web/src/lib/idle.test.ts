import { expect, test } from 'vitest';
import { idleness } from './idle';

const minutes = (count: number) => count * 60_000;

test('a session that nobody uses is about to end, and then is over', () => {
  const state = (unused: number, allowed = 60) =>
    idleness(minutes(allowed), minutes(100 + unused), minutes(100));

  expect(state(0)).toBe('working');
  expect(state(56)).toBe('working');
  expect(state(57)).toBe('ending');
  expect(state(59.9)).toBe('ending');
  expect(state(60)).toBe('over');
});

test('a session of a few minutes is not about to end from its beginning', () => {
  expect(idleness(minutes(2), minutes(100), minutes(100))).toBe('working');
});
