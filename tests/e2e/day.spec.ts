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
  await expect(page.getByRole('article').filter({ hasText: 'Запросил СТС' })).toBeVisible();
});

test('a lost connection is said quietly and forgotten when it is back', async ({
  open,
  expected,
}) => {
  expected.push(/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/);
  const { page, context } = await open(person('agent'));
  await expect(page.getByRole('heading', { level: 1, name: 'Мой день' })).toBeVisible();

  await context.setOffline(true);
  await expect(page.getByText(/Нет связи/)).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText(/Нет связи/)).toBeHidden();
});
