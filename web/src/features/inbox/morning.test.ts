import { expect, test } from 'vitest';
import { morningIn } from './use_inbox_actions';

const now = Date.parse('2026-11-23T20:30:00Z');

test('tomorrow is nine in the morning of the agency, not of the browser', () => {
  expect(morningIn(1, 'Europe/Moscow', now)).toBe('2026-11-24T06:00:00.000Z');
  expect(morningIn(7, 'Europe/Moscow', now)).toBe('2026-11-30T06:00:00.000Z');
  // Past midnight there: tomorrow is a day later.
  expect(morningIn(1, 'Asia/Vladivostok', now)).toBe('2026-11-24T23:00:00.000Z');
});
