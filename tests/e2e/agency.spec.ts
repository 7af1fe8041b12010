import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { addQuote, createClient, createDeal, nameOf, sendToCalculation } from './steps';

// Sixteen by sixteen pixels of green.
const logo = {
  name: 'logo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGNQaEggCTGMahjVMHw1AADZ+QAQYtqLRwAAAABJRU5ErkJggg==',
    'base64',
  ),
};

const form = (page: Page) => page.getByRole('region', { name: 'Агентство' });
const save = (page: Page) => form(page).getByRole('button', { name: 'Сохранить' }).click();

test('an admin names the agency, and the next offer is headed by it', async ({ open }) => {
  const name = fresh('Агентство Меридиан');
  const { page: admin } = await open(person('admin'));
  await admin.goto('/admin/agency');
  await expect(admin.getByRole('heading', { level: 1, name: 'Агентство' })).toBeVisible();
  await expect(form(admin)).toContainText('Europe/Moscow');
  await form(admin).getByLabel('Название').fill(' ');
  await save(admin);
  await expect(form(admin).getByText('Напишите название агентства')).toBeVisible();
  const chosen = admin.waitForEvent('filechooser');
  await form(admin)
    .getByRole('button', { name: /Выбрать файл|Заменить/ })
    .click();
  await (await chosen).setFiles({ ...logo, buffer: Buffer.from('<svg/>') });
  await expect(form(admin).getByText('Нужна картинка PNG или JPEG')).toBeVisible();
  await form(admin).getByLabel('Название').fill(name);
  await form(admin).getByLabel('Телефон').fill('+7 495 111-22-33');
  const again = admin.waitForEvent('filechooser');
  await form(admin)
    .getByRole('button', { name: /Выбрать файл|Заменить/ })
    .click();
  await (await again).setFiles(logo);
  await expect(form(admin).getByAltText('Логотип агентства')).toBeVisible();
  await expectAccessible(admin, 'agency');
  await save(admin);
  await expect(admin.getByText('Сохранено').first()).toBeVisible();
  await expect(admin).toHaveTitle(`Агентство · ${name}`);
  const shown = form(admin).getByAltText('Логотип агентства');
  await expect(shown).toHaveAttribute('src', /settings\/logo\?digest=/);
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(16);

  const { page: executor } = await open(person('executor'));
  const { page: agent } = await open(person('agent'));
  const client = fresh('Белова Анна');
  await createClient(agent, client);
  await createDeal(agent, client, fresh('КАСКО'));
  await sendToCalculation(agent, await nameOf(executor));
  await agent.getByRole('link', { name: 'Расчёты' }).click();
  await addQuote(agent, {
    insurer: 'Три реки',
    premium: '68 900,50',
    coverage: '2 140 000',
    deductible: '30 000',
  });
  await agent.getByRole('button', { name: 'Готов', exact: true }).click();
  await agent.getByRole('button', { name: 'Для клиента, без КВ' }).click();
  const saved = agent.waitForEvent('download');
  await agent.getByRole('button', { name: 'Сохранить и скачать PDF' }).click();
  const words = execFileSync('pdftotext', [await (await saved).path(), '-']).toString();
  expect(words).toContain(name);
  expect(words).toContain('+7 495 111-22-33');
});

test('others find no form, and two admins see what both changed', async ({ open, expected }) => {
  expected.push(/status of 412/);
  const { page: head } = await open(person('head'));
  await head.goto('/admin/agency');
  await expect(head.getByRole('heading', { name: 'Не найдено или нет доступа' })).toBeVisible();
  await head.goto('/admin/audit');
  await expect(head.getByRole('link', { name: 'Агентство' })).toHaveCount(0);

  const { page: first } = await open(person('admin'));
  const { page: second } = await open(person('admin'));
  for (const page of [first, second]) {
    await page.goto('/admin/agency');
    await expect(form(page).getByLabel('Адрес')).toBeVisible();
  }
  const [mine, theirs] = [fresh('Москва'), fresh('Тверь')];
  await form(first).getByLabel('Адрес').fill(theirs);
  await form(second).getByLabel('Адрес').fill(mine);
  await save(first);
  await expect(first.getByText('Сохранено').first()).toBeVisible();
  await expect(form(second).getByLabel('Адрес')).toHaveValue(mine);
  await save(second);

  const choice = second.getByRole('dialog', { name: /запись изменили/ });
  const field = choice.getByRole('region', { name: 'Адрес' });
  await expect(field).toContainText(mine);
  await expect(field).toContainText(theirs);
  await choice.getByRole('button', { name: 'Сохранить' }).click();
  await expect(choice).toBeHidden();
  await expect(form(first).getByLabel('Адрес')).toHaveValue(theirs);
  await first.reload();
  await expect(form(first).getByLabel('Адрес')).toHaveValue(mine);
});
