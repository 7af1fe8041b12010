import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function make(page: Page, subject: string) {
  await page.goto('/tasks');
  const line = page.getByLabel('Новая задача одной строкой');
  await line.fill(`завтра ${subject}`);
  await expect(page.getByRole('status').filter({ hasText: subject })).toBeVisible();
  await line.press('Enter');
  await expect(page.getByText(/Задача \d{4}-\d+ создана/)).toBeVisible();
}

test('a task goes over the board: a drop that needs words asks first, a refusing column says why', async ({
  open,
}) => {
  const subject = fresh('Сверить анкету');
  const { page } = await open(person('agent'));
  await make(page, subject);
  await page.goto(`/tasks?view=all&layout=board&q=${encodeURIComponent(subject)}`);
  const card = page.getByRole('listitem').filter({ hasText: subject });
  const inColumn = (name: string) =>
    column(page, name).getByRole('listitem').filter({ hasText: subject });
  await expect(inColumn('Новая')).toBeVisible();

  await card.hover();
  await page.mouse.down();
  await column(page, 'Сделана').hover();
  await column(page, 'Сделана').hover({ position: { x: 60, y: 200 } });
  await expect(column(page, 'Сделана')).toContainText('Сначала возьмите задачу в работу');
  await page.mouse.up();
  await expect(inColumn('Новая')).toBeVisible();

  await card.dragTo(column(page, 'В работе'));
  await expect(inColumn('В работе')).toBeVisible();

  await card.dragTo(column(page, 'Сделана'));
  const done = page.getByRole('dialog', { name: 'Задача сделана' });
  await done.getByRole('button', { name: 'Отмена' }).click();
  await expect(inColumn('В работе')).toBeVisible();

  await card.getByRole('link').focus();
  await page.keyboard.press('s');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page, 'board with a menu');
  await page.getByRole('menuitem', { name: 'Сделано' }).click();
  await done.getByLabel('Результат').fill('Сошлось');
  await done.getByRole('button', { name: 'Сделано' }).click();
  await expect(inColumn('Сделана')).toBeVisible();
});

test('a task repeats and reminds, and its series is stopped and returned', async ({ open }) => {
  const subject = fresh('Отчёт за неделю');
  const { page } = await open(person('agent'));
  await make(page, subject);
  await page.getByRole('link', { name: subject }).click();
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  await page.getByRole('button', { name: 'Изменить' }).click();
  const form = page.getByRole('dialog', { name: 'Изменить' });
  await form.getByLabel('Время').fill('25:00');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText('Часы и минуты')).toBeVisible();
  await form.getByLabel('Время').fill('15:00');
  await form.getByText('за 60 минут').click();
  await form.getByRole('button', { name: /Повторяется/ }).click();
  await page.getByRole('option', { name: 'каждую неделю' }).click();
  await expectAccessible(page, 'a task that repeats');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();

  const series = page.getByText('каждую неделю, следующая — когда сделана эта');
  await expect(series).toBeVisible();
  await expect(page.getByText('за 60 минут').first()).toBeVisible();
  await page.getByRole('button', { name: 'Остановить повторение' }).click();
  await expect(series).toBeHidden();
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(series).toBeVisible();
});

test('a template is made, begins a task, and is removed', async ({ open }) => {
  const name = fresh('Осмотр');
  const { page } = await open(person('agent'));
  await page.goto('/tasks/templates');
  await page.getByRole('button', { name: 'Шаблон', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Новый шаблон' });
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText('Назовите шаблон')).toBeVisible();
  await form.getByLabel('Название шаблона').fill(name);
  await form.getByLabel('Задача').fill(`${name} машины`);
  await form.getByLabel('Срок: через сколько дней').fill('3');
  await form.getByText('за 1 день').click();
  await expectAccessible(page, 'new template');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('через 3 дня');
  await expectAccessible(page, 'templates');

  await row.getByRole('button', { name: 'Создать задачу' }).click();
  const task = page.getByRole('dialog', { name: 'Новая задача' });
  await expect(task.getByLabel('Новая задача одной строкой')).toHaveValue(`${name} машины`);
  await expect(task.getByRole('status')).toContainText(name);
  await task.getByRole('button', { name: 'Создать и открыть' }).click();
  await expect(page.getByRole('heading', { level: 1, name: `${name} машины` })).toBeVisible();
  await expect(page.getByText('за 1 день').first()).toBeVisible();

  await page.goto('/tasks/templates');
  await row.getByRole('button', { name: 'Действия с задачей' }).click();
  await page.getByRole('menuitem', { name: 'Убрать' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Убрать' }).click();
  await expect(row).toHaveCount(0);
});

test('two people edit one task: both values stand side by side', async ({ open, expected }) => {
  expected.push(/status of 412/);
  const subject = fresh('Запросить СТС');
  const { page: one } = await open(person('agent'));
  await make(one, subject);
  await one.getByRole('link', { name: subject }).click();
  await expect(one.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  const { page: other } = await open(person('agent'));
  await other.goto(new URL(one.url()).pathname);
  const form = (page: Page) => page.getByRole('dialog', { name: 'Изменить', exact: true });
  for (const page of [one, other]) {
    await page.getByRole('button', { name: 'Изменить', exact: true }).click();
    await expect(form(page)).toBeVisible();
  }
  await form(one).getByLabel('Подробности').fill('скан');
  await form(other).getByLabel('Подробности').fill('оригинал');
  await form(one).getByRole('button', { name: 'Сохранить' }).click();
  await expect(form(one)).toBeHidden();
  await form(other).getByRole('button', { name: 'Сохранить' }).click();

  const choice = other.getByRole('dialog', { name: /запись изменили/ });
  const field = choice.getByRole('region', { name: 'Подробности' });
  await expect(field).toContainText('скан');
  await expect(field).toContainText('оригинал');
  await expectAccessible(other, 'both values');
  await field.getByText('Взять новое').click();
  await choice.getByRole('button', { name: 'Сохранить' }).click();
  await expect(choice).toBeHidden();
  await expect(other.getByText('скан', { exact: true })).toBeVisible();
});
