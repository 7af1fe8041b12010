import { describe, expect, it } from 'vitest';
import { difference, instalmentsOf, partsOf, split } from './schedule';

const rub = (amount: string) => ({ amount, currency: 'RUB' });

describe('a schedule of instalments', () => {
  it('splits to the kopeck', () => {
    const parts = split(rub('100000.01'), ['2026-01-10', '2026-05-10', '2026-09-10']);
    expect(parts.map(({ amount }) => amount)).toEqual(['33333,00', '33333,00', '33334,01']);
    expect(difference(rub('100000.01'), parts)).toBe(0n);
  });
  it('says how much is missing or too much', () => {
    expect(difference(rub('100'), [{ due_on: undefined, amount: '99,50' }])).toBe(-50n);
    expect(difference(undefined, [{ due_on: undefined, amount: '1' }])).toBe(100n);
    expect(difference(rub('10'), [{ due_on: undefined, amount: 'ten' }])).toBe(-1000n);
  });
  it('keeps the ids of what was there', () => {
    const parts = partsOf([{ id: 'a', due_on: '2026-01-10', amount: rub('5.50') }]);
    expect(instalmentsOf(parts, 'RUB')).toEqual([
      { id: 'a', due_on: '2026-01-10', amount: rub('5.50') },
    ]);
  });
});
