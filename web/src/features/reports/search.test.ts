import { expect, test } from 'vitest';
import { filterText } from '@/lib/list/filter';
import { listBehind, monthsOf, readReportSearch } from './search';

test('a year that ends with this month, unless the address says otherwise', () => {
  expect(monthsOf({}, '2026-11')).toEqual({ first: '2025-12', last: '2026-11' });
  expect(monthsOf({ from: '2026-01', to: '2026-03' }, '2026-11')).toEqual({
    first: '2026-01',
    last: '2026-03',
  });
  expect(monthsOf({ from: '2026-05', to: '2026-03' }, '2026-11').first).toBe('2026-03');
});

test('nonsense in the address is left out', () => {
  expect(readReportSearch({ by: 'colour', from: '2026-13', to: 'now' })).toEqual({});
  expect(readReportSearch({ by: 'product', from: '2026-01' })).toEqual({
    by: 'product',
    from: '2026-01',
  });
});

test('a bar opens the policies that it counts', () => {
  const period = { first: '2026-01', last: '2026-03' };

  expect(filterText(listBehind({ by: 'month', value: '2026-02' }, 'renewed', period))).toBe(
    'effective_to.between.2026-02-01.2026-02-28*status.not.draft*renewal_state.is.renewed',
  );
  expect(filterText(listBehind({ by: 'product', value: 'kasko' }, 'lapsed', period))).toBe(
    'effective_to.between.2026-01-01.2026-03-31*status.not.draft*' +
      'renewal_state.not.renewed.ended*effective_to.before.today*product.is.kasko',
  );
});
