import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { person } from './people';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);

async function seen(page: Page, path: string, heading: string | RegExp) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, path);
}

test('finance confirms receipts in one dialog and returns them as a whole', async ({ open }) => {
  const { page } = await open(person('finance'));
  await seen(page, '/money/payments', 'Платежи');
  const boxes = page.getByRole('checkbox', { name: 'Выбрать строку' });
  await expect(boxes.nth(1)).toBeAttached();
  await boxes.nth(0).check({ force: true });
  await boxes.nth(1).check({ force: true });
  await page.getByRole('button', { name: 'Подтвердить поступление' }).click();
  const dialog = page.getByRole('dialog', { name: 'Подтвердить поступление' });
  await expect(dialog.getByLabel('Дата поступления')).not.toHaveValue('');
  await expectAccessible(page, 'confirm receipt');
  await dialog.getByRole('button', { name: 'Подтвердить', exact: true }).click();
  const preview = page.getByRole('dialog', { name: 'Подтвердить поступление' });
  await preview.getByRole('button', { name: 'Подтвердить поступление' }).click();
  const done = page.getByText('Изменено 2 записи');
  await expect(done).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(page.getByText('Всё возвращено как было')).toBeVisible();
});

test('a payment says why it has its amount, and keeps its versions', async ({ open }) => {
  const { page } = await open(person('finance'));
  await page.goto('/money/payments?view=all&f=type.is.commission_income*status.is.paid_out');
  await page.locator('[data-row] a').first().click();
  await expect(page.getByRole('heading', { level: 2, name: 'Почему столько' })).toBeVisible();
  await expect(page.getByText('Сумма платежа', { exact: true })).toBeVisible();
  await expect(page.locator('dt', { hasText: 'До округления' }).locator('+ dd')).toContainText('₽');
  await expect(page.getByRole('heading', { level: 2, name: 'Версии' })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'payment');
});

test('plan and fact, commissions and rules open and are accessible', async ({ open }) => {
  const { page } = await open(person('admin'));
  await seen(page, '/money/plan', 'План и факт');
  const sum = page.getByRole('row', { name: /Итого/ }).getByRole('link').nth(1);
  const received = (await sum.textContent()) ?? '';
  await sum.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Платежи' })).toBeVisible();
  await expect(page.getByText(`Сумма: ${received}`)).toBeVisible();
  await seen(page, '/money/commission', 'Комиссии');
  await seen(page, '/admin/rules', 'Правила комиссии');
  await page.getByRole('button', { name: 'Страховщик' }).click();
  await page.getByRole('option').first().click();
  await expect(page.getByText('побеждает')).toBeVisible();
  await page.getByRole('button', { name: 'Новое правило' }).click();
  await expect(page.getByRole('dialog', { name: 'Новое правило' })).toBeVisible();
  await expectAccessible(page, 'new rule');
});

test('an agent sees who can confirm instead of the button', async ({ open }) => {
  const { page } = await open(person('agent'), { phone: false });
  await page.goto('/money/payments?view=expected');
  await expect(page.getByRole('heading', { level: 1, name: 'Платежи' })).toBeVisible();
  await loaded(page);
  await expect(page.getByTitle('Подтверждают финансы или администратор').first()).toBeVisible();
  await page.getByRole('checkbox', { name: 'Выбрать строку' }).first().check({ force: true });
  await expect(page.getByRole('button', { name: 'Снять выбор' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Подтвердить поступление' })).toHaveCount(0);
  await page.locator('[data-row] a').first().click();
  await expect(page.getByRole('heading', { level: 2, name: 'Почему столько' })).toBeVisible();
  await expect(page.getByText('Подтверждают финансы или администратор')).toBeVisible();
});
