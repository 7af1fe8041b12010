import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, quickCreate, writeNote } from './steps';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);

async function seen(page: Page, path: string, heading: string | RegExp) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, path);
}

test('sign-in and invitation are accessible', async ({ open }) => {
  const { page } = await open();
  await seen(page, '/sign-in', 'Вход');
  await seen(page, '/invite#abc', 'Добро пожаловать');
});

test('every screen of an agent is accessible in both themes, with its dialogs', async ({
  open,
}) => {
  const client = fresh('Громов Илья');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, fresh('КАСКО + GAP'));
  const card = new URL(page.url()).pathname;
  await writeNote(page, 'Осмотр в 16:30, @коллега');
  for (const tab of ['journal', 'history', 'objects', 'team']) {
    await seen(page, `${card}?tab=${tab}`, client);
  }
  await page.getByRole('button', { name: 'Изменить', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'edit deal');
  await seen(page, '/today', 'Мой день');
  await seen(page, '/deals?view=all', 'Сделки');
  await page.getByRole('button', { name: /Фильтр/ }).click();
  await expect(page.getByRole('menu', { name: 'Фильтр' })).toBeVisible();
  await expectAccessible(page, 'filter');
  await page.getByRole('menuitem', { name: 'Статус' }).click();
  await expect(page.getByRole('dialog', { name: 'Статус' })).toBeVisible();
  await expectAccessible(page, 'filter condition');
  await seen(page, '/deals?view=all&layout=table', 'Сделки');
  await seen(page, `/deals?view=all&layout=table&peek=${card.split('/').at(-1)}`, 'Сделки');
  await seen(page, '/clients', 'Клиенты');
  await page.getByRole('link', { name: client }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: client })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'client');
  await seen(page, '/profile', 'Профиль');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Поиск и команды' })).toBeFocused();
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  for (const [key, name] of [
    ['d', 'Новая сделка'],
    ['k', 'Новый клиент'],
  ] as const) {
    const dialog = await quickCreate(page, key, name);
    await expectAccessible(page, name);
    await dialog.getByRole('button', { name: 'Отмена' }).click();
    await expect(dialog).toBeHidden();
  }
});

test('every screen of an admin is accessible in both themes', async ({ open }) => {
  const { page } = await open(person('admin'));
  await seen(page, '/admin/users', 'Пользователи');
  await page.getByRole('button', { name: 'Пригласить' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'invite');
  await seen(page, '/admin/sessions', 'Сессии');
  await seen(page, '/admin/audit', 'Журнал аудита');
  await page.getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: /Запись/ })).toBeVisible();
  await expectAccessible(page, 'audit entry');
});

test('who may not open a page sees the same as for a missing one', async ({ open, expected }) => {
  expected.push(/status of 404/);
  const { page } = await open(person('agent'));
  for (const path of [
    '/admin/users',
    '/admin/audit',
    '/deals/01930000-0000-7000-8000-000000000000',
    '/nothing/here',
  ]) {
    await page.goto(path);
    await expect(page.getByText('Не найдено или нет доступа')).toBeVisible();
  }
  await expect(page.getByRole('link', { name: 'Администрирование' })).toHaveCount(0);
});

test('nothing is wider than a phone of 320 px', async ({ open }) => {
  const { page } = await open(person('admin'), { phone: true });
  const { page: wide } = await open(person('admin'));
  const client = fresh('Зайцев Олег');
  await createClient(wide, client);
  await createDeal(wide, client, fresh('Имущество'));
  const card = new URL(wide.url()).pathname;
  for (const path of [
    '/today',
    '/deals?view=all',
    '/deals?view=all&layout=table',
    card,
    `${card}?tab=team`,
    '/clients',
    '/profile',
    '/admin/users',
    '/admin/sessions',
    '/admin/audit',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await loaded(page);
    const width = await page.evaluate(() => ({
      page: document.documentElement.scrollWidth,
      main: document.querySelector('main')?.scrollWidth ?? 0,
      window: innerWidth,
    }));
    expect(Math.max(width.page, width.main), path).toBeLessThanOrEqual(width.window);
    await expectAccessible(page, `${path} on a phone`);
  }
});

test('language and theme are kept, and English is complete', async ({ open }) => {
  const { page } = await open(person('head'));
  await page.goto('/profile');
  await page.getByText('English').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.reload();

  await expect(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByText('Русский').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Профиль' })).toBeVisible();
  await page.getByText('Как в системе').click();
});
