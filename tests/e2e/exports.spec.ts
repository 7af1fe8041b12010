import { readFile } from 'node:fs/promises';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { person } from './people';

test('the list of deals becomes a file, with its order and columns', async ({ open }) => {
  const { page } = await open(person('agent'));
  await page.goto('/deals?layout=table&view=all&sort=number');
  const first = page.getByRole('row').nth(1).getByRole('link').first();
  await expect(first).toBeVisible();
  const client = await first.innerText();

  await page.getByRole('button', { name: 'Выгрузить' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const ready = page.getByRole('status').getByRole('link', { name: 'Скачать' });
  await expect(ready).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), ready.click()]);

  expect(download.suggestedFilename()).toMatch(/^Сделки \d{4}-\d{2}-\d{2}\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const [head = '', ...rows] = text.trimEnd().split('\r\n');
  expect(head).toContain('Клиент;Что страхуем;Статус;');
  expect(rows[0]).toContain(client);
  expect(
    rows.every((row) =>
      /;(Черновик|На расчёте|Решение клиента|Оформление|Активна|Закрыта);/.test(row),
    ),
  ).toBe(true);

  await page
    .getByRole('navigation', { name: 'Разделы' })
    .getByRole('link', { name: 'Выгрузки' })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Выгрузки' })).toBeVisible();
  const files = page.getByRole('region', { name: 'Выгрузки' });
  await expect(files.getByRole('listitem').first()).toContainText('Сделки');
  await expect(files.getByRole('link', { name: 'Скачать' }).first()).toBeVisible();
  await expectAccessible(page, 'exports');
});

test('only the chosen rows become a file', async ({ open }) => {
  const { page } = await open(person('head'));
  await page.goto('/policies?view=all');
  const boxes = page.getByRole('row').getByRole('checkbox');
  await expect(boxes.nth(3)).toBeVisible();
  await boxes.nth(1).check();
  await boxes.nth(3).check();
  const bar = page.getByRole('region', { name: 'Действия с выбранным' });
  await expectAccessible(page, 'exports-chosen');

  await bar.getByRole('button', { name: 'Выгрузить' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const ready = page.getByRole('status').getByRole('link', { name: 'Скачать' });
  await expect(ready).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), ready.click()]);

  const text = await readFile(await download.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(3);
});

test('nothing exported yet says how; on a phone the page is there too', async ({ open }) => {
  const { page } = await open(person('finance'), { phone: true });
  await page.goto('/exports');

  await expect(page.getByText('Выгрузок пока нет')).toBeVisible();
  await expectAccessible(page, 'exports-empty');
});

test('the report of renewals becomes a file of the policies that it counts', async ({ open }) => {
  const { page } = await open(person('head'));
  await page.goto('/reports/renewals');
  const total = page.getByRole('table', { name: 'Таблица' }).locator('tfoot td').first();
  const count = Number(await total.innerText());
  expect(count).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Выгрузить' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  const ready = page.getByRole('status').getByRole('link', { name: 'Скачать' });
  await expect(ready).toBeVisible({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), ready.click()]);

  const text = await readFile(await download.path(), 'utf8');
  const [head = '', ...rows] = text.trimEnd().split('\r\n');
  expect(head).toContain('Окончание;Полис;Клиент;Сделка;Продукт;Страховщик;Ответственный;');
  expect(rows).toHaveLength(count);
  expect(rows.every((row) => /;(Продлён|Истёк без продления|Ещё действует);/.test(row))).toBe(true);
});
