import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, goByKeys } from './steps';

test('the palette finds a client typed in the wrong layout, and by phone', async ({ open }) => {
  const name = fresh('Смирнов');
  const phone = `9${String(Date.now()).slice(-9)}`;
  const { page } = await open(person('agent'));
  await createClient(page, name, phone);
  const field = page.getByRole('combobox', { name: 'Поиск и команды' });

  await page.keyboard.press('Control+k');
  await field.fill('cvbhyjd');
  await expect(page.getByRole('option', { name: /Смирнов/ }).first()).toBeVisible();

  await field.fill(`8 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}`);
  await expect(page.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
});

test('keys go by position and never while typing', async ({ open }) => {
  const client = fresh('Яковлева Дарья');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, fresh('Ипотека'));

  await page.keyboard.press('n');
  await expect(page.getByLabel('Запись в журнал')).toBeFocused();
  await page.keyboard.type('gd ck');
  await expect(page.getByLabel('Запись в журнал')).toHaveValue('gd ck');
  await page.getByLabel('Запись в журнал').fill('');
  await page.getByRole('heading', { level: 1 }).focus();

  await page.keyboard.press('2');
  await expect(page).toHaveURL(/tab=calculations/);
  await goByKeys(page, 'd', 'Сделки');
  await page.keyboard.press('v');
  await expect(page).toHaveURL(/layout=table/);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  await expect(page.getByRole('complementary', { name: 'Быстрый просмотр' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Быстрый просмотр' })).toBeHidden();
  await page.keyboard.press('Shift+Slash');
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible();
});
