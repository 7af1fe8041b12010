import { expect, test } from 'vitest';
import { formOf, sent, wrongField } from './rule_form';

const blank = formOf(undefined, '2026-11-23');

test('a rule pays a percent or a sum: the other one is taken away', () => {
  const rate = { ...blank, rate_percent: '18,5' };
  const sum = { ...blank, pays: 'sum' as const, rate_percent: '18,5', fixed_amount: '1 500,50' };

  expect(sent(rate)).toMatchObject({ rate_percent: '18.5', fixed_amount: null });
  expect(sent(sum)).toMatchObject({
    rate_percent: null,
    fixed_amount: { amount: '1500.50', currency: 'RUB' },
  });
  expect(sent(rate)).toMatchObject({ insurer_id: null, product: null, valid_to: null });
});

test('what cannot be sent is named before it is', () => {
  expect(wrongField(blank)).toBe('rate_percent');
  expect(wrongField({ ...blank, pays: 'sum', fixed_amount: 'много' })).toBe('fixed_amount');
  expect(wrongField({ ...blank, rate_percent: '18', payout_days: '-1' })).toBe('payout_days');
  expect(wrongField({ ...blank, rate_percent: '18', valid_from: undefined })).toBe('valid_from');
  expect(wrongField({ ...blank, rate_percent: '18' })).toBeUndefined();
});
