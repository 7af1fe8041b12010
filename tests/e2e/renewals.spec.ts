import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { dealId, givenPolicy } from './steps';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);

test('a renewal is prepared by one click, returned, and stands alike in table, board and calendar', async ({
  open,
}) => {
  const client = fresh('Рощина Ольга');
  const { page } = await open(person('agent'));
  await givenPolicy(page, client, 20);

  await page.goto(`/renewals?q=${encodeURIComponent(client)}`);
  const row = page.getByRole('row').filter({ hasText: client });
  await expect(page.getByText('1 полис')).toBeVisible();
  await row.getByRole('button', { name: 'Подготовить' }).click();
  await expect(row).toContainText('Черновик готов');
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(row.getByRole('button', { name: 'Подготовить' })).toBeVisible();

  await page.getByLabel('Доска').check({ force: true });
  const column = page.getByRole('region', { name: 'Не готовится' });
  await expect(column.getByRole('link', { name: client })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'board of renewals');

  await page.getByLabel('Календарь').check({ force: true });
  const calendar = page.getByRole('grid', { name: 'Календарь' });
  await loaded(page);
  await expectAccessible(page, 'calendar of renewals');
  await calendar
    .getByRole('button', { name: /1 полис, 90\s000/ })
    .click({ position: { x: 12, y: 12 } });
  await expect(page).toHaveURL(/effective_to\.is\./);
  await expect(row.getByRole('button', { name: 'Подготовить' })).toBeVisible();

  await page.goto(`/renewals?q=${encodeURIComponent(client)}`);
  await page.getByLabel('7 дней').check({ force: true });
  await expect(page.getByText('Под этот фильтр полисов нет')).toBeVisible();
});

test('a policy is renewed in a deal of its own, and every way leads to that one deal', async ({
  open,
}) => {
  const client = fresh('Рощина Вера');
  const { page } = await open(person('agent'));
  await givenPolicy(page, client, 20);
  const first = page.url();

  await page.goto(`/renewals?q=${encodeURIComponent(client)}`);
  const row = page.getByRole('row').filter({ hasText: client });
  await row.getByRole('button', { name: 'В новой сделке' }).dblclick();
  await expect(page.getByText(/Создана сделка \d{4}-\d+ для продления/)).toBeVisible();
  const way = row.getByRole('link', { name: /сделка \d{4}-\d+$/ });
  const number = /\d{4}-\d+/.exec((await way.textContent()) ?? '')?.[0] ?? '';
  await way.click();
  await expect(page.getByRole('heading', { level: 1, name: client })).toBeVisible();
  const made = dealId(page);
  expect(first).not.toContain(made);
  await expect(page.getByText(number).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /Продлевает полис/ })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'a deal that renews');

  // The policy leads to the deal that there is, and makes no other.
  await page.goto(first);
  const policy = page.getByRole('region', { name: 'Полисы' });
  await expect(policy.getByRole('button', { name: 'В новой сделке' })).toHaveCount(0);
  await policy.getByRole('link', { name: new RegExp(number) }).click();
  await expect(page).toHaveURL(new RegExp(made));
});

test('many renewals are prepared at once after a preview, and returned as a whole', async ({
  open,
}) => {
  const client = fresh('Рощин Егор');
  const { page } = await open(person('agent'));
  await givenPolicy(page, client, 25);

  await page.goto(`/renewals?q=${encodeURIComponent(client)}`);
  await page.getByRole('checkbox', { name: 'Выбрать все показанные' }).click({ force: true });
  await page.getByRole('button', { name: 'Подготовить продление' }).click();
  const preview = page.getByRole('dialog');
  await expect(preview).toContainText('Изменится 1 запись');
  await expectAccessible(page, 'preview of renewals');
  await preview.getByRole('button', { name: 'Подготовить продление' }).click();
  const row = page.getByRole('row').filter({ hasText: client });
  await expect(row).toContainText('Черновик готов');
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(row.getByRole('button', { name: 'Подготовить' })).toBeVisible();
});

test('the head sees renewals without actions, and opens the list behind a bar of the report', async ({
  open,
}) => {
  const { page } = await open(person('head'));
  await page.goto('/renewals');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Подготовить', exact: true })).toHaveCount(0);

  await page.getByRole('link', { name: 'Отчёты' }).click();
  const report = page.getByRole('heading', { level: 1, name: 'Продления: что остаётся' });
  await expect(report).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'report of renewals');
  await page.getByLabel('Продукт').check({ force: true });
  const bar = page.getByRole('region', { name: 'График' }).getByRole('link').first();
  const said = (await bar.getAttribute('aria-label')) ?? '';
  const count = Number(/(\d+)$/.exec(said)?.[1]);
  expect(count).toBeGreaterThan(0);
  await bar.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Полисы' })).toBeVisible();
  await expect(page.getByText(new RegExp(`^${count} полис`))).toBeVisible();
});

test('an executor has no reports', async ({ open }) => {
  const { page } = await open(person('executor'));
  await expect(page.getByRole('link', { name: 'Отчёты' })).toHaveCount(0);
  for (const path of ['/reports/renewals', '/money/plan', '/money/commission']) {
    await page.goto(path);
    await expect(page.getByText('Не найдено или нет доступа')).toBeVisible();
  }
  await page.goto('/money/payments');
  await expect(page.getByRole('heading', { level: 1, name: 'Платежи' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'План и факт' })).toHaveCount(0);
});

test('a client shows what is not covered, and a policy its history', async ({ open }) => {
  const client = fresh('Рощин Глеб');
  const { page } = await open(person('agent'));
  await givenPolicy(page, client, 200);
  await page.goto(`/clients?q=${encodeURIComponent(client)}`);
  await page.getByRole('link', { name: client }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: client })).toBeVisible();
  await expect(page.getByText('Полис «КАСКО» есть, «ОСАГО» — нет')).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'client with a gap');
  await page
    .getByRole('link', { name: /Полисы/ })
    .last()
    .click();
  await page.getByRole('link', { name: /Волга-Полис/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Волга-Полис/ })).toBeVisible();
  await page.getByRole('link', { name: 'История' }).click();
  await expect(page.getByText('полис действует')).toBeVisible();
  await expectAccessible(page, 'history of a policy');
});
