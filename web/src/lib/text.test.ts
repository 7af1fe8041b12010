import { expect, test } from 'vitest';
import { taxNumberChecks } from './tax_number';
import { formatPhone, initials, matches, otherLayout } from './text';
import { vinChecks } from './vin';

test.each([
  ['8 (916) 123-45-67', '+7 916 123-45-67'],
  ['9161234567', '+7 916 123-45-67'],
  ['+79161234567', '+7 916 123-45-67'],
  ['+49 30 901820', '+49 30 901820'],
])('the phone %s reads %s', (typed, shown) => {
  expect(formatPhone(typed)).toBe(shown);
});

test('the wrong keyboard layout is understood both ways', () => {
  expect(otherLayout('cvbhyjd')).toBe('смирнов');
  expect(otherLayout('руддщ')).toBe('hello');
});

test('words fit in any order, with е for ё', () => {
  expect(matches('Королёв Пётр Ильич', 'петр корол')).toBe(true);
  expect(matches('Королёв Пётр Ильич', 'иван')).toBe(false);
});

test('initials leave out the form of a company', () => {
  expect(initials('ООО «Вектор»')).toBe('В');
  expect(initials('Марина Котова')).toBe('МК');
});

test('check digits of VIN and INN', () => {
  expect(vinChecks('1M8GDM9AXKP042788')).toBe(true);
  expect(vinChecks('1M8GDM9A1KP042788')).toBe(false);
  expect(taxNumberChecks('7707083893')).toBe(true);
  expect(taxNumberChecks('500100732259')).toBe(true);
  expect(taxNumberChecks('7707083894')).toBe(false);
});
