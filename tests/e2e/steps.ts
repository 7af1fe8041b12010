import { expect, type Page } from '@playwright/test';
import { fresh } from './people';

/** Two keys are one command only when they follow quickly; a busy machine may need them again. */
export async function quickCreate(page: Page, key: string, name: string) {
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

/** To a section by `G` and its letter. */
export async function goByKeys(page: Page, key: string, heading: string) {
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible({
      timeout: 3000,
    });
  }).toPass();
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

const password = 'длинный-пароль-для-проверки-7';

/** An admin, on the page of users, invites somebody; they come in by the link. */
export async function bringIn(admin: Page, guest: Page, name: string) {
  const email = `${Date.now().toString(36)}@agency.example`;
  await admin.getByRole('button', { name: 'Пригласить' }).click();
  const invite = admin.getByRole('dialog', { name: 'Пригласить коллегу' });
  await invite.getByLabel('Имя и фамилия').fill(name);
  await invite.getByLabel('Почта').fill(email);
  await invite.getByRole('button', { name: 'Пригласить' }).click();
  const shown = admin.getByRole('dialog', { name: /Приглашение для/ });
  const link = new URL(await shown.getByLabel('Ссылка для входа').inputValue());
  await shown.getByRole('button', { name: 'Закрыть' }).last().click();

  await guest.goto(`${link.pathname}${link.hash}`);
  await guest.getByLabel('Пароль', { exact: true }).fill(password);
  await guest.getByLabel('Пароль ещё раз').fill(password);
  await guest.getByRole('button', { name: 'Сохранить пароль' }).click();
  await guest.getByLabel('Почта').fill(email);
  await guest.getByLabel('Пароль').fill(password);
  await guest.getByRole('button', { name: 'Войти' }).click();
  await expect(guest.getByRole('heading', { level: 1, name: 'Мой день' })).toBeVisible();
}

/** The dialog in which an admin blocks the person of that row. */
export async function askToBlock(admin: Page, name: string) {
  const row = admin.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: /Действия/ }).click();
  await admin.getByRole('menuitem', { name: 'Заблокировать' }).click();
  return { row, block: admin.getByRole('dialog', { name: /Заблокировать/ }) };
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

/** A policy in force that ends in so many days. */
export async function givenPolicy(page: Page, client: string, days: number) {
  await createClient(page, client);
  await createDeal(page, client, 'КАСКО');
  await page.goto(`/deals/${dealId(page)}?tab=policies`);
  await page.getByRole('button', { name: 'Новый полис' }).click();
  const form = page.getByRole('dialog', { name: 'Новый полис' });
  await form.getByRole('button', { name: 'Страховщик' }).click();
  await page.getByRole('option', { name: 'Волга-Полис' }).click();
  await form.getByLabel('Номер').fill(fresh('').replace(/\s/g, ''));
  await form.getByLabel('Окончание').fill(`+${days}д`);
  await form.getByLabel('Премия').fill('90 000');
  await form.getByRole('button', { name: '1 взнос' }).click();
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  const tab = page.getByRole('region', { name: 'Полисы' });
  await tab.getByRole('button', { name: 'Действует' }).click();
  await expect(page.getByText('Полис действует')).toBeVisible();
}

interface Quote {
  insurer: string;
  premium: string;
  coverage: string;
  deductible: string;
}

export async function addQuote(page: Page, quote: Quote) {
  await page.getByRole('button', { name: 'Расчёт', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Новый расчёт' });
  await dialog.getByRole('button', { name: /Страховая компания/ }).click();
  await page.getByRole('option', { name: quote.insurer }).click();
  await dialog.getByLabel('Премия').fill(quote.premium);
  await dialog.getByLabel('Страховая сумма').fill(quote.coverage);
  await dialog.getByLabel('Франшиза').fill(quote.deductible);
  await dialog.getByLabel('Действует').fill('+9д');
  await dialog.getByLabel('Комиссия, %').fill('18');
  await dialog.getByRole('button', { name: 'Сохранить' }).click();
  await expect(dialog).toBeHidden();
}
