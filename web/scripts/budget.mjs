// Weighs what a browser loads, against the budgets of the first screen and of each further route.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const kib = 1024;
const budgets = { first: 210 * kib, route: 60 * kib, styles: 15 * kib, fonts: 45 * kib };
const manifest = JSON.parse(await readFile('dist/.vite/manifest.json', 'utf8'));
const sizes = new Map();
const weigh = async (file) => {
  if (!sizes.has(file))
    sizes.set(file, gzipSync(await readFile(join('dist', file)), { level: 9 }).length);
  return sizes.get(file);
};
const reach = (key, seen = new Set()) => {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) reach(next, seen);
  return seen;
};
const total = async (keys) => {
  let sum = 0;
  for (const key of keys) sum += await weigh(manifest[key].file);
  return sum;
};

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const base = reach(entry);

// Russian is the longer language. The router says which words come with which screen.
const wordFile = (name) => `src/lib/i18n/ru/${name}.json`;
const shell = new Set([...base, wordFile('common')]);
const routes = ['router.tsx', 'money_routes.ts', 'admin_routes.ts'].map(
  (file) => `src/app/${file}`,
);
const router = (await Promise.all(routes.map((file) => readFile(file, 'utf8')))).join('\n');
const screens = new Map();
for (const [, path, names] of router.matchAll(
  /screen\(\s*\(\) => import\('@\/([^']+)'\),\s*'\w+'((?:,\s*'\w+')*),?\s*\)/g,
)) {
  const words = [...names.matchAll(/'(\w+)'/g)].map(([, name]) => wordFile(name));
  screens.set(`src/${path}.tsx`, words);
}
const pages = Object.keys(manifest).filter((key) => /_page\.tsx$/.test(key));
for (const page of pages.filter((key) => !screens.has(key))) {
  throw new Error(`${page} is a page that the router does not open by screen(…)`);
}
let failed = false;
const report = (name, size, budget) => {
  const over = size > budget;
  failed ||= over;
  console.log(
    `${over ? 'OVER ' : '     '}${name}: ${(size / kib).toFixed(1)} of ${budget / kib} KiB`,
  );
};
for (const [screen, words] of screens) {
  const all = new Set([...shell, ...reach(screen), ...words]);
  report(`first screen ${screen}`, await total(all), budgets.first);
  const added = [...all].filter((key) => !shell.has(key));
  report(`route ${screen}`, await total(added), budgets.route);
}
const assets = await readdir('dist/assets');
const sum = async (ending) => {
  let size = 0;
  for (const name of assets.filter((file) => file.endsWith(ending))) {
    const file = join('dist/assets', name);
    size += ending === '.css' ? await weigh(join('assets', name)) : (await readFile(file)).length;
  }
  return size;
};
report('styles', await sum('.css'), budgets.styles);
report('fonts', await sum('.woff2'), budgets.fonts);
const foreign = await Promise.all(
  assets
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFile(join('dist/assets', file), 'utf8')),
);
if (foreign.some((text) => text.includes('Schaltfläche') || text.includes('Suchfeld'))) {
  failed = true;
  console.log('OVER  a foreign language is in the build: the locale plugin does not work');
}
process.exit(failed ? 1 : 0);
