import { expect, test } from 'vitest';
import ru from '@/lib/i18n/ru/policies.json';
import type { InsuredObject } from '@/lib/types';
import { guessProduct } from './product_guess';

const guess = (title: string, object?: Partial<InsuredObject>) =>
  guessProduct({ title, objects: object ? [object as InsuredObject] : [] }, (product) =>
    String(ru.product_is[product as 'kasko']),
  );

test.each([
  ['КАСКО + ОСАГО Geely Monjaro', 'kasko'],
  ['ОСАГО и КАСКО', 'osago'],
  ['Ипотека, Банк «Причал»', 'mortgage'],
  ['перевозка груза в Алматы', 'cargo'],
  ['ДМС сотрудников', 'dms'],
  ['Ответственность перед третьими лицами', 'liability'],
  ['Транспорт и склад, ДМС', 'dms'],
  ['Путешествие, вся семья', 'travel'],
])('the title «%s» is about %s', (title, product) => {
  expect(guess(title)).toBe(product);
});

test('a title without a product leaves it to the object', () => {
  expect(guess('Квартира и отделка', { kind: 'property' })).toBe('property');
  expect(guess('Квартира', { kind: 'property', bank: 'Городской кредит' })).toBe('mortgage');
  expect(guess('Водитель', { kind: 'person' })).toBe('ns');
  expect(guess('Что-то', { kind: 'other' })).toBe('kasko');
  expect(guessProduct(undefined, () => 'КАСКО')).toBe('kasko');
});
