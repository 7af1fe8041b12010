import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal } from './steps';

async function onBoard(page: Page, client: string, title: string) {
  await createClient(page, client);
  await createDeal(page, client, title);
  await page.goto(`/deals?view=all&q=${encodeURIComponent(client)}`);
  await expect(page.getByRole('listitem').filter({ hasText: title })).toBeVisible();
}
const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('a drop asks for the executor first; cancel puts the card back', async ({ open }) => {
  const title = fresh('ДМС');
  const { page } = await open(person('agent'));
  await onBoard(page, fresh('АО Сибпром'), title);
  const card = page.getByRole('listitem').filter({ hasText: title });

  await card.dragTo(column(page, 'На расчёте'));

  const dialog = page.getByRole('dialog', { name: 'Кому отдать в расчёт?' });
  await dialog.getByRole('button', { name: 'Отмена' }).click();
  await expect(
    column(page, 'Черновик').getByRole('listitem').filter({ hasText: title }),
  ).toBeVisible();

  await card.dragTo(column(page, 'На расчёте'));
  await dialog.getByRole('button', { name: 'Исполнитель' }).click();
  await page.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Отдать в расчёт' }).click();

  await expect(
    column(page, 'На расчёте').getByRole('listitem').filter({ hasText: title }),
  ).toBeVisible();
  await expect(
    column(page, 'Черновик').getByRole('listitem').filter({ hasText: title }),
  ).toHaveCount(0);
});

test('a column that would refuse fades and says why', async ({ open }) => {
  const title = fresh('Имущество');
  const { page } = await open(person('agent'));
  await onBoard(page, fresh('Ветров Глеб'), title);
  const card = page.getByRole('listitem').filter({ hasText: title });

  await card.hover();
  await page.mouse.down();
  await column(page, 'Оформление').hover();
  await column(page, 'Оформление').hover({ position: { x: 60, y: 200 } });

  await expect(column(page, 'Оформление')).toContainText('Сначала клиент выбирает расчёт');
  await page.mouse.up();
  await expect(
    column(page, 'Черновик').getByRole('listitem').filter({ hasText: title }),
  ).toBeVisible();
});

test('everything a drag does goes by keyboard, in both layouts', async ({ open }) => {
  const client = fresh('Белова Анна');
  const title = fresh('ВЗР');
  const { page } = await open(person('agent'));
  await onBoard(page, client, title);

  await page.getByRole('listitem').filter({ hasText: title }).getByRole('link').focus();
  await page.keyboard.press('KeyS');
  await page.getByRole('menuitem', { name: 'Закрыта' }).click();
  const dialog = page.getByRole('dialog', { name: /Закрыть сделку/ });
  await dialog.getByRole('button', { name: 'Закрыть сделку' }).click();
  await expect(dialog.getByText('Напишите причину')).toBeVisible();
  await dialog.getByLabel('Причина').fill('Выбрал другую компанию');
  await dialog.getByRole('button', { name: 'Закрыть сделку' }).click();

  await page.getByRole('button', { name: /Закрыта/ }).click();
  const closed = column(page, 'Закрыта').getByRole('listitem').filter({ hasText: title });
  await expect(closed).toBeVisible();
  await closed.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: client })).toBeVisible();
  await page.getByRole('button', { name: 'Продолжить как новую сделку' }).click();
  await expect(page.getByRole('link', { name: 'Продолжает прежнюю сделку' })).toBeVisible();
});
