import { readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '..');
const everywhere = ['common', 'errors'];

function fileOf(name: string, from: string): string | undefined {
  const base = name.startsWith('@/')
    ? join(source, name.slice(2))
    : normalize(join(dirname(from), name));
  return ['', '.ts', '.tsx', '/index.ts']
    .map((ending) => base + ending)
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** A module and all that loads together with it: `import()` is not followed. */
function modules(file: string, seen = new Map<string, string>()) {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, 'utf8');
  seen.set(file, text);
  for (const [, name = ''] of text.matchAll(
    /^(?:import|export)\s(?!type\s)[^;]*?from '([@.][^']*)';/gm,
  )) {
    const next = fileOf(name, file);
    if (next && /\.tsx?$/.test(next)) modules(next, seen);
  }
  return seen;
}

function wordsUsed(file: string) {
  const used = [...modules(file).values()].flatMap((text) =>
    [...text.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(([, names = '']) =>
      [...names.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
    ),
  );
  return [...new Set(used)].filter((name) => !everywhere.includes(name)).sort();
}

const router = ['router.tsx', 'money_routes.ts', 'admin_routes.ts']
  .map((file) => readFileSync(join(source, 'app', file), 'utf8'))
  .join('\n');
const screens = [
  ...router.matchAll(/screen\(\s*\(\) => import\('([^']+)'\),\s*'(\w+)'((?:,\s*'\w+')*),?\s*\)/g),
].map(([, path = '', name = '', words = '']) => ({
  name,
  path,
  words: [...words.matchAll(/'(\w+)'/g)].map(([, word = '']) => word).sort(),
}));

test('the router opens screens', () => {
  expect(screens.length).toBeGreaterThan(20);
  expect(screens.length).toBe(router.match(/\bscreen\(/g)?.length);
});

test.each(screens)('$name brings the words that its code needs, and no others', (screen) => {
  const file = fileOf(screen.path, source);
  expect(screen.words).toEqual(wordsUsed(file ?? ''));
});

test('what stands on every screen needs only the words that are always there', () => {
  expect(wordsUsed(join(source, 'main.tsx'))).toEqual([]);
});
