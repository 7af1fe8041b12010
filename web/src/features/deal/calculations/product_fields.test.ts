import { expect, test } from 'vitest';
import en from '@/lib/i18n/en/calculations.json';
import ru from '@/lib/i18n/ru/calculations.json';
import { keywords, products, termKinds, termsOf } from './product_fields';
import { validity } from './values';

test('every condition of every product has its words in both languages', () => {
  for (const words of [ru, en]) {
    expect(Object.keys(words.product)).toEqual(products);
    for (const name of Object.values(termsOf).flat()) expect(words.row.terms).toHaveProperty(name);
    for (const [name, values] of Object.entries(keywords)) {
      for (const value of values) expect(words.word).toHaveProperty(`${name}_${value}`);
    }
  }
});

test('every condition belongs to some product, and a keyword has its values', () => {
  const used = new Set(Object.values(termsOf).flat());
  for (const [name, kind] of Object.entries(termKinds)) {
    expect([...used]).toContain(name);
    expect(name in keywords).toBe(kind === 'keyword');
  }
});

test('a quote is good on its last day, and its end is told three days before', () => {
  expect(validity(undefined, '2026-11-23')).toBe('unknown');
  expect(validity('2026-11-22', '2026-11-23')).toBe('over');
  expect(validity('2026-11-23', '2026-11-23')).toBe('soon');
  expect(validity('2026-11-26', '2026-11-23')).toBe('soon');
  expect(validity('2026-11-27', '2026-11-23')).toBe('good');
});
