import { expect, test } from 'vitest';
import { parsePercent, readAmount, typedCount } from './typed_number';

test.each([
  ['84250', '84250.00'],
  ['84 250', '84250.00'],
  ['84\u00a0250', '84250.00'],
  ['84\u202f250', '84250.00'],
  ['84\u2009250', '84250.00'],
  ["84'250", '84250.00'],
  ['84’250,50', '84250.50'],
  ['1 234 567,8', '1234567.80'],
  ['84 250,50 руб.', '84250.50'],
  ['84 250,5 ₽', '84250.50'],
  ['84250 рублей', '84250.00'],
  ['84250р', '84250.00'],
  ['84250,50', '84250.50'],
  ['84250.50', '84250.50'],
  ['84250,', '84250.00'],
  ['84,250.50', '84250.50'],
  ['84.250,50', '84250.50'],
  ['1,234,567', '1234567.00'],
  ['1.234.567', '1234567.00'],
  ['1,234,567.8', '1234567.80'],
  ['0.01', '0.01'],
  ['  7 ', '7.00'],
])('%s is a sum', (typed, amount) => {
  expect(readAmount(typed)).toEqual({ amount });
});

test.each([
  ['84250,500', 'not_cents'],
  ['84250.500', 'not_cents'],
  ['84,250', 'not_cents'],
  ['84.250', 'not_cents'],
  ['84 250,500', 'not_cents'],
  ['84 250,505 ₽', 'not_cents'],
  ['1,234.567', 'not_cents'],
  ['1,2345', 'not_cents'],
  ['', 'not_amount'],
  ['много', 'not_amount'],
  ['-5', 'not_amount'],
  ['84 25', 'not_amount'],
  ['8 4250', 'not_amount'],
  ['84 2500', 'not_amount'],
  ['84  250', 'not_amount'],
  ['1,23,456', 'not_amount'],
  ['1234,567,890', 'not_amount'],
  ['1,234.567,89', 'not_amount'],
  ['1 234,567.89', 'not_amount'],
  ['84250 тыс', 'not_amount'],
  ['$84', 'not_amount'],
  ['1e5', 'not_amount'],
])('%s is refused: %s', (typed, problem) => {
  expect(readAmount(typed)).toEqual({ problem });
});

test.each([
  ['12,5', '12.5'],
  ['12.5 %', '12.5'],
  ['12%', '12'],
  ['0,1255', '0.1255'],
  ['12,125', '12.125'],
  ['100', '100'],
  ['100,01', undefined],
  ['1250', undefined],
  ['1,25555', undefined],
  ['1,2,5', undefined],
  ['-5', undefined],
  ['', undefined],
])('%s is the percent %s', (typed, percent) => {
  expect(parsePercent(typed)).toBe(percent);
});

test.each([
  ['120 000', 120000],
  ['12,5', 12],
  ['12.500', 12],
  ['150 л. с.', 150],
  ['', undefined],
  ['много', undefined],
])('%s is the whole number %s', (typed, count) => {
  expect(typedCount(typed)).toBe(count);
});
