import { expect, test } from 'vitest';
import { words as ru } from './ru';

const english = import.meta.glob<object>('./en/*.json', { import: 'default', eager: true });
const en = Object.fromEntries(
  Object.entries(english).map(([path, words]) => [path.slice(5, -5), words]),
);

const plural = /_(zero|one|two|few|many|other)$/;

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    keysOf(inner, path ? `${path}.${key}` : key),
  );
}
const withoutForms = (keys: string[]) =>
  [...new Set(keys.map((key) => key.replace(plural, '_*')))].sort();

/** Words that end like a plural form by chance; they have no forms. */
const pluralsOf = (keys: string[]) => {
  const stems = new Map<string, Set<string>>();
  for (const key of keys) {
    const form = plural.exec(key)?.[1];
    if (!form) continue;
    const stem = key.replace(plural, '');
    stems.set(stem, (stems.get(stem) ?? new Set()).add(form));
  }
  return [...stems].filter(([, forms]) => forms.size > 1 || forms.has('many'));
};

test('both languages have the same files', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(ru).sort());
});

test.each(Object.keys(ru) as (keyof typeof ru)[])(
  '%s has the same keys in both languages',
  (name) => {
    expect(withoutForms(keysOf(en[name]))).toEqual(withoutForms(keysOf(ru[name])));
  },
);

test.each([
  ['ru', ru, ['few', 'many', 'one', 'other']],
  ['en', en, ['one', 'other']],
] as const)('plurals of %s have every form of the language', (_name, words, forms) => {
  for (const [stem, found] of pluralsOf(keysOf(words))) {
    expect([stem, ...[...found].sort()]).toEqual([stem, ...forms]);
  }
});

test('no word is empty', () => {
  for (const words of [ru, en]) {
    const texts = JSON.stringify(words).match(/":\s*""/g);
    expect(texts).toBeNull();
  }
});
