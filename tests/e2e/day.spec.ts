import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal } from './steps';

test('a deal moves through the day: postponed, returned, done', async ({ open }) => {
  const client = fresh('Лебедев Артём');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, fresh('ОСАГО'));
  await page.getByRole('link', { name: 'Мой день' }).click();
  const row = page.getByRole('listitem').filter({ hasText: client });
  await expect(page.getByRole('region', { name: /Завтра/ }).getByText(client)).toBeVisible();

  await row.getByRole('button', { name: 'Отложить' }).click();
  await page.getByRole('menuitem', { name: /Через неделю/ }).click();
  await expect(page.getByRole('region', { name: /Позже/ }).getByText(client)).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(page.getByRole('region', { name: /Завтра/ }).getByText(client)).toBeVisible();

  await row.getByRole('button', { name: 'Сделано' }).click();
  const dialog = page.getByRole('dialog', { name: /Когда вернуться/ });
  await dialog.getByLabel('Что сделано').fill('Запросил СТС и права');
  await dialog.getByText('Через 3 дня').click();
  await dialog.getByRole('button', { name: 'Сделано' }).click();
  await expect(page.getByRole('region', { name: /Позже/ }).getByText(client)).toBeVisible();
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: client })).toBeVisible();
  await expect(page.getByRole('article').filter({ hasText: 'Запросил СТС' })).toBeVisible();
});

test('a lost connection is said quietly, and what was asked for comes when it is back', async ({
  open,
  expected,
}) => {
  expected.push(/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/);
  const { page, context } = await open(person('agent'));
  await expect(page.getByRole('heading', { level: 1, name: 'Мой день' })).toBeVisible();

  await context.setOffline(true);
  await expect(page.getByText(/Нет связи/)).toBeVisible();
  await page.keyboard.press('Control+k');

  await context.setOffline(false);
  await expect(page.getByText(/Нет связи/)).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Поиск и команды' })).toBeVisible();
});

test('a client is called or written to from a row of the day', async ({ open }) => {
  const client = fresh('Никитина Вера');
  const { page } = await open(person('agent'));
  await createClient(page, client, '+7 913 204-18-77');
  await createDeal(page, client, fresh('ОСАГО'));
  await page.goto('/today');
  const row = page.getByRole('listitem').filter({ hasText: client });

  await row.getByRole('button', { name: 'Связаться' }).click();

  await expect(page.getByRole('menuitem', { name: /Позвонить: \+7 913 204-18-77/ })).toBeVisible();
  await expectAccessible(page, 'day with a menu of contacts');
});

test('the head sees the load of the team and what is at risk', async ({ open }) => {
  const { page } = await open(person('head'));
  await expect(page.getByRole('heading', { name: 'Загрузка команды' })).toBeVisible();
  const risk = page.getByRole('region', { name: 'Самые крупные под угрозой' });
  await expect(risk.getByRole('listitem').first()).toContainText('₽');
  await expectAccessible(page, 'day of the head');

  // A number of the load is the list behind it.
  const load = page.getByRole('region', { name: 'Загрузка команды' });
  const deals = load.getByRole('row').nth(1).getByRole('link').first();
  const count = (await deals.innerText()).trim();
  await deals.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Сделки' })).toBeVisible();
  await expect(page.getByText(new RegExp(`^${count} сдел`)).first()).toBeVisible();

  // Nobody puts the head into a team: the first list is of everybody's work.
  await page.goto('/deals');
  await expect(
    page.getByRole('region', { name: 'Черновик' }).getByRole('listitem').first(),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: /^Мои в работе/ })).toHaveCount(0);
});

test('the executor sees what each deal of the queue waits for', async ({ open }) => {
  const { page } = await open(person('executor'));
  const queue = page.getByRole('region', { name: /Очередь расчётов/ });
  await expect(queue.getByRole('listitem').first()).toContainText(/расчёт|полис/);
});
