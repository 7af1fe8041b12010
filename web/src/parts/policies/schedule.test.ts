import { describe, expect, it } from 'vitest';
import { difference, inParts, instalmentsOf, partsOf, split } from './schedule';

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
  it('falls on the same day of each month, and on the last where there is none', () => {
    const days = (from: string, to: string | undefined, count: number) =>
      inParts(rub('120000'), count, from, to).map(({ due_on }) => due_on?.slice(5));
    expect(days('2026-12-01', '2027-11-30', 12)).toEqual([
      ...['12-01', '01-01', '02-01', '03-01', '04-01', '05-01'],
      ...['06-01', '07-01', '08-01', '09-01', '10-01', '11-01'],
    ]);
    expect(days('2026-08-31', '2027-08-30', 4)).toEqual(['08-31', '11-30', '02-28', '05-31']);
    expect(days('2026-12-01', undefined, 2)).toEqual(['12-01', '06-01']);
    expect(days('2028-02-29', '2029-02-28', 2)).toEqual(['02-29', '08-29']);
    expect(days('2026-12-01', '2026-12-30', 3)).toEqual(['12-01', '12-11', '12-21']);
  });
});
