import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { person } from './people';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
const total = (page: Page) =>
  page.getByRole('row').filter({ hasText: 'Итого' }).getByRole('link').first();

test('plan and fact is narrowed by a filter, and its sums open the payments behind it', async ({
  open,
}) => {
  const { page } = await open(person('finance'));
  await page.goto('/money/plan');
  await expect(page.getByRole('heading', { level: 1, name: 'План и факт' })).toBeVisible();
  const whole = await total(page).innerText();

  await page.keyboard.press('f');
  await page.getByRole('menuitem', { name: 'Продукт' }).click();
  await page.getByRole('dialog').getByText('КАСКО', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/f=product\.is\.kasko/);
  await loaded(page);
  await expect(total(page)).not.toHaveText(whole);
  const narrowed = await total(page).innerText();
  await expectAccessible(page, 'plan and fact of one product');

  await page.getByLabel('Агент').check({ force: true });
  await loaded(page);
  await expect(total(page)).toHaveText(narrowed);
  await total(page).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Платежи' })).toBeVisible();
  await loaded(page);
  await expect(page.getByRole('list', { name: 'Условия фильтра' })).toContainText('КАСКО');
  await expect(
    page.getByText(new RegExp(`Сумма: ${narrowed.replace(/\s/g, '\\s')}`)),
  ).toBeVisible();

  await page.goto('/money/plan?year=2001&f=product.is.kasko');
  await expect(page.getByText('По этому фильтру платежей нет')).toBeVisible();
  await page.getByRole('button', { name: /последнее условие/ }).click();
  await expect(page.getByText('За 2001 год платежей нет')).toBeVisible();
});
