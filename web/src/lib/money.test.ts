import { expect, test } from 'vitest';
import { formatMoney, formatPercent, fromMinor, toMinor, typedAmount } from './money';
import { parseAmount } from './typed_number';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('amounts go through integers without loss', () => {
  expect(toMinor('84250.50')).toBe(8425050n);
  expect(toMinor('-0.05')).toBe(-5n);
  expect(fromMinor(5n)).toBe('0.05');
  expect(fromMinor(toMinor('99999999999.99'))).toBe('99999999999.99');
});

test('a field begins with an amount that it would take back', () => {
  expect(typedAmount('57524.00')).toBe('57524,00');
  expect(parseAmount(typedAmount('0.05'))).toBe('0.05');
});

test('kopecks are hidden when they are zero', () => {
  expect(plain(formatMoney({ amount: '84250.00', currency: 'RUB' }, 'ru-RU'))).toBe('84 250 ₽');
  expect(plain(formatMoney({ amount: '84250.50', currency: 'RUB' }, 'ru-RU'))).toBe('84 250,50 ₽');
});

test('a percent has the comma of the language, and stays with its sign', () => {
  expect(plain(formatPercent('19.5', 'ru-RU'))).toBe('19,5 %');
  expect(plain(formatPercent('19.5', 'en-GB'))).toBe('19.5 %');
});
