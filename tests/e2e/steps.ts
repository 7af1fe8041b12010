import { expect, type Page } from '@playwright/test';

/** Two keys are one command only when they follow quickly; a busy machine may need them again. */
async function quickCreate(page: Page, key: string, name: string) {
  const dialog = page.getByRole('dialog', { name });
  await expect(async () => {
    if (!(await dialog.isVisible())) {
      await page.keyboard.press('c');
      await page.keyboard.press(key);
    }
    await expect(dialog).toBeVisible({ timeout: 3000 });
  }).toPass();
  return dialog;
}

/** What several stories do on their way, as a person would. */
export async function createClient(page: Page, name: string, phone?: string) {
  const dialog = await quickCreate(page, 'k', 'Новый клиент');
  await dialog.getByLabel('Фамилия, имя, отчество').fill(name);
  if (phone) await dialog.getByLabel('Телефон').fill(phone);
  await dialog.getByRole('button', { name: 'Создать', exact: true }).click();
  await expect(dialog).toBeHidden();
}

export async function createDeal(page: Page, client: string, title: string) {
  const dialog = await quickCreate(page, 'd', 'Новая сделка');
  await dialog.getByRole('combobox', { name: 'Клиент' }).fill(client);
  await page.getByRole('option', { name: client }).first().click();
  await dialog.getByLabel('Что страхуем').fill(title);
  await dialog.getByLabel('Вернуться к сделке').fill('завтра');
  await dialog.getByRole('button', { name: 'Создать и открыть' }).click();
  await expect(page.getByRole('heading', { level: 1, name: client })).toBeVisible();
}

export const dealId = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';

export async function sendToCalculation(page: Page, executor: string) {
  await page.getByRole('button', { name: 'На расчёте' }).click();
  const dialog = page.getByRole('dialog', { name: 'Кому отдать в расчёт?' });
  await dialog.getByRole('button', { name: 'Исполнитель' }).click();
  await page.getByRole('option', { name: executor }).click();
  await dialog.getByRole('button', { name: 'Отдать в расчёт' }).click();
  await expect(dialog).toBeHidden();
}

export async function writeNote(page: Page, text: string) {
  await page.getByLabel('Запись в журнал').fill(text);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: text })).toBeVisible();
}

/** The name a person goes by inside, read from their own profile. */
export async function nameOf(page: Page): Promise<string> {
  const profile = page.getByRole('navigation', { name: 'Разделы' }).locator('a[href="/profile"]');
  return (await profile.locator('.font-medium').innerText()).trim();
}
