import { expect, test } from 'vitest';
import { type Filter, filterText } from '@/lib/list/filter';
import { lengthOf, listBehind, monthsOf, readReportSearch } from './search';

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

test('a period is counted in months, and the filter stays in the address', () => {
  expect(lengthOf({ first: '2025-12', last: '2026-11' })).toBe(12);
  expect(lengthOf({ first: '2024-11', last: '2026-11' })).toBe(25);
  expect(lengthOf({ first: '2026-11', last: '2026-11' })).toBe(1);
  expect(readReportSearch({ f: 'product.is.kasko' })).toEqual({ f: 'product.is.kasko' });
});

test('the list behind a bar keeps what the report is narrowed to', () => {
  const narrowed: Filter = [[{ field: 'lead_agent_id', op: 'is', values: ['me'] }]];
  const period = { first: '2026-02', last: '2026-02' };
  expect(
    filterText(listBehind({ by: 'month', value: '2026-02' }, 'renewed', period, narrowed)),
  ).toContain('renewal_state.is.renewed*lead_agent_id.is.me');
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
