import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { addQuote, createClient, createDeal, nameOf, sendToCalculation } from './steps';

/** Afresh, since what was just announced to screen readers stays in the page for some seconds. */
async function lookedAt(page: Page, what: string) {
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, what);
}

test('two quotes are compared, offered without the commission, and one is chosen', async ({
  open,
}) => {
  const client = fresh('Смирнова Ольга');
  const { page: colleague } = await open(person('executor'));
  const executor = await nameOf(colleague);
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, fresh('КАСКО на Mazda CX-5'));
  await sendToCalculation(page, executor);
  await page.getByRole('link', { name: 'Расчёты' }).click();
  await expect(page.getByText('Расчётов пока нет')).toBeVisible();
  await lookedAt(page, 'no quotes yet');

  await addQuote(page, {
    insurer: 'Волга-Полис',
    premium: '84 250',
    coverage: '2 200 000',
    deductible: '0',
  });
  await addQuote(page, {
    insurer: 'Три реки',
    premium: '68 900,50',
    coverage: '2 140 000',
    deductible: '30 000',
  });
  const table = page.getByRole('region', { name: 'Сравнение расчётов' });
  await expect(table.getByText('дешевле всех')).toBeVisible();
  await expect(table.getByText(/\+15.349,50.₽/)).toBeVisible();
  await expect(table.getByRole('row', { name: /Ремонт/ })).toContainText('нет данных');
  await lookedAt(page, 'a comparison');

  await table.getByRole('button', { name: 'Готов', exact: true }).first().click();
  await expect(table.getByRole('button', { name: 'Выбрать' })).toHaveCount(1);
  await table.getByRole('button', { name: 'Готов', exact: true }).click();
  await expect(table.getByRole('button', { name: 'Выбрать' })).toHaveCount(2);
  await page.getByRole('button', { name: 'Решение клиента' }).click();

  await page.reload(); // The dialog on a page that announces nothing.
  await page.getByRole('button', { name: 'Для клиента, без КВ' }).click();
  const dialog = page.getByRole('dialog', { name: 'Предложение для клиента' });
  await expect(dialog.getByRole('region', { name: 'Так увидит клиент' })).not.toContainText(
    'Комиссия',
  );
  await expectAccessible(page, 'the offer');
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Сохранить и скачать PDF' }).click();
  const file = await (await saved).path();
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Для клиента, без КВ' }).click();
  await expect(dialog.getByText('Что уже предлагали')).toBeVisible();
  await page.keyboard.press('Escape');

  await table.getByRole('button', { name: 'Выбрать' }).first().click();
  await expect(table.getByRole('button', { name: 'Оформить' })).toBeVisible();
  await page.getByRole('button', { name: 'Оформление' }).click();
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Оформление' }).first(),
  ).toHaveAttribute('aria-current', 'step');

  // The chosen quote fills in its policy: only the number is left to type.
  await table.getByRole('button', { name: 'Оформить' }).click();
  const form = page.getByRole('dialog', { name: 'Новый полис' });
  await expect(form.getByLabel('Премия')).toHaveValue(/^(84250,00|68900,50)$/);
  await expect(form.getByText('Взнос равен премии')).toBeVisible();
  await form.getByLabel('Номер').fill(fresh('КСК').replace(/\D+/g, ''));
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  const policies = page.getByRole('region', { name: 'Полисы' });
  await policies.getByRole('button', { name: 'Действует' }).click();
  await expect(page.getByText('Полис действует')).toBeVisible();
  await page.getByRole('link', { name: 'Платежи' }).click();
  await expect(page.getByRole('region', { name: 'Платежи' }).getByText('Комиссия')).toBeVisible();
});
