import { expect, test } from 'vitest';
import { newest } from './newest';

test('a record that two lists hold stands once, as it is now', () => {
  const before = { id: 'a', version: 1, status: 'new' };
  const after = { id: 'a', version: 2, status: 'done' };
  const other = { id: 'b', version: 1, status: 'new' };

  expect(newest([before, other, after])).toEqual([after, other]);
  expect(newest([after, before])).toEqual([after]);
  expect(newest([after, { ...after }])).toEqual([after]);
});
