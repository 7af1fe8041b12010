import { expect, test } from 'vitest';
import { formatMoney } from './money';
import { directionOf, formatChange, formatNumber } from './number';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('what is below zero has a minus, not a hyphen', () => {
  expect(formatChange(-13.55, 'ru-RU')).toBe('\u221213,6');
  expect(formatChange(-2, 'en-GB')).toBe('\u22122');
  expect(plain(formatNumber(-1234567, {}, 'ru-RU'))).toBe('\u22121 234 567');
  expect(plain(formatMoney({ amount: '-1500.50', currency: 'RUB' }, 'ru-RU'))).toBe(
    '\u22121 500,50 ₽',
  );
});

test('what grew has a plus, what stayed has none', () => {
  expect(formatChange(0.3, 'ru-RU')).toBe('+0,3');
  expect(formatChange(0, 'ru-RU')).toBe('0');
  expect(formatChange(-0.04, 'ru-RU')).toBe('0');
});

test('a difference that is shown as nothing goes no way', () => {
  expect(directionOf(0.04)).toBe(0);
  expect(directionOf(-0.04)).toBe(-0);
  expect(directionOf(-0.06)).toBe(-1);
  expect(directionOf(12)).toBe(1);
});
