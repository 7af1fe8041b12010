import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { person } from './people';

/** Half of what is called good: below it nobody's finger misses. */
const mostShift = 0.05;

/** Counts what moves by itself; what follows a click or a key is expected to. */
async function countShifts(page: Page) {
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { shifted: number };
    seen.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) seen.shifted += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

async function expectSteady(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle').catch(() => {});
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const shifted = await page.evaluate(
    () =>
      new Promise<number>((done) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => done((globalThis as unknown as { shifted: number }).shifted)),
        ),
      ),
  );
  expect(shifted, path).toBeLessThanOrEqual(mostShift);
}

for (const role of ['agent', 'executor', 'finance', 'head'] as const) {
  for (const phone of [false, true]) {
    test(`the day of ${role} ${phone ? 'on a phone ' : ''}does not move while it loads`, async ({
      open,
    }) => {
      const { page } = await open(person(role), { phone });
      await countShifts(page);
      await expectSteady(page, '/today');
    });
  }
}

test('lists and cards do not move while they load', async ({ open }) => {
  for (const phone of [false, true]) {
    const { page } = await open(person('agent'), { phone });
    const deals: { deals?: { id: string }[] } = await page.evaluate(async () =>
      (await fetch('/api/v1/deals?page_size=1&filter=status%20%3D%20%22active%22')).json(),
    );
    await countShifts(page);
    const card = `/deals/${deals.deals?.[0]?.id}`;
    for (const path of [
      '/deals?view=all',
      '/deals?view=all&layout=table',
      '/clients',
      '/policies',
      '/tasks',
      '/money/payments',
      card,
      `${card}?tab=payments`,
      `${card}?tab=history`,
    ]) {
      await expectSteady(page, path);
    }
  }
});

test('on a phone every section is one list away, and the tab one stands on is seen', async ({
  open,
}) => {
  const { page } = await open(person('agent'), { phone: true });
  await page.getByRole('link', { name: /Ещё$/ }).click();
  await page
    .getByRole('navigation', { name: 'Остальные разделы' })
    .getByRole('link', { name: 'Продления' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Продления' })).toBeVisible();

  const deals: { deals?: { id: string }[] } = await page.evaluate(async () =>
    (await fetch('/api/v1/deals?page_size=1')).json(),
  );
  await page.goto(`/deals/${deals.deals?.[0]?.id}?tab=team`);
  await expect(page.getByRole('link', { name: /^Команда/ })).toBeInViewport({ ratio: 1 });
});

test('on a phone the drawings of a list stand in one line and keep their names', async ({
  open,
}) => {
  const { page } = await open(person('agent'), { phone: true });
  await page.goto('/tasks');
  await expect(page.getByRole('heading', { level: 1, name: 'Задачи' })).toBeVisible();
  const layouts = page.getByRole('group', { name: 'Как показать' });
  const tops = await layouts
    .locator('label')
    .evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().top));
  expect(tops).toHaveLength(4);
  expect(new Set(tops).size).toBe(1);
  await layouts.getByLabel('Неделя').check({ force: true });
  await expect(page).toHaveURL(/layout=week/);
});

test('on a phone «+» makes all that one may make', async ({ open }) => {
  const { page } = await open(person('agent'), { phone: true });
  await page.goto('/clients');
  await expect(page.getByRole('heading', { level: 1, name: 'Клиенты' })).toBeVisible();
  await page.getByRole('button', { name: 'Создать' }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(5);
  await expectAccessible(page, 'what a phone makes');
  await page.getByRole('menuitem', { name: 'Новый клиент' }).click();
  await expect(page.getByRole('dialog', { name: 'Новый клиент' })).toBeVisible();

  const { page: finance } = await open(person('finance'), { phone: true });
  await finance.getByRole('button', { name: 'Создать' }).click();
  await expect(finance.getByRole('menuitem')).toHaveText([/Новый платёж/, /Новая задача/]);
});

test('a text that its cell cuts off is said whole under the pointer', async ({ open }) => {
  const { page } = await open(person('head'));
  await page.goto('/policies?view=all');
  const names = page.locator('[data-row] td:nth-child(2)');
  await expect(names.first()).toBeVisible();
  const cut = await names.evaluateAll((cells) =>
    cells.findIndex((cell) => cell.scrollWidth > cell.clientWidth),
  );
  expect(cut, 'the demo data have a long name').toBeGreaterThanOrEqual(0);
  await names.nth(cut).hover();
  await expect(names.nth(cut)).toHaveAttribute('title', await names.nth(cut).innerText());
});

test('what does not exist keeps the bar and a way on', async ({ open }) => {
  const { page } = await open(person('agent'));
  await page.goto('/nothing/here');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Не найдено или нет доступа');
  await page.getByRole('main').getByRole('link', { name: 'Мой день' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Мой день' })).toBeVisible();
});
