import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const source = readFileSync(
  createRequire(`${__dirname}/../../web/package.json`).resolve('axe-core/axe.min.js'),
  'utf8',
);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Found {
  id: string;
  help: string;
  nodes: string[];
}

/** The page as it stands, in both themes. */
export async function expectAccessible(page: Page, what: string) {
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    expect(await violations(page), `${what}, ${theme}`).toEqual([]);
  }
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name ?? 'light';
  }, before);
}

async function violations(page: Page): Promise<Found[]> {
  await page.evaluate(source);
  // Half-way through an animation a colour is neither of the two.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((item) => item.finished.catch(() => {}))),
  );
  return page.evaluate(async (values) => {
    const axe = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    const result = await axe.run(document, { runOnly: { type: 'tag', values } });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes
        .slice(0, 4)
        .map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`),
    }));
  }, tags);
}
