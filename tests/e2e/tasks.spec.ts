import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, dealId, nameOf } from './steps';

test('a task is made of one line, seen by a colleague, done with a result and returned', async ({
  open,
}) => {
  const subject = fresh('рассчитать КАСКО');
  const { page: executor } = await open(person('executor'));
  const executorName = await nameOf(executor);
  const { page: agent } = await open(person('agent'));
  await agent.getByRole('link', { name: 'Задачи' }).click();
  await expect(agent.getByRole('heading', { level: 1, name: 'Задачи' })).toBeVisible();
  const line = agent.getByLabel('Новая задача одной строкой');

  await line.fill(`завтра 15:00 @${executorName.replace(' ', '.')} ${subject}`);
  const understood = agent.getByRole('status').filter({ hasText: subject });
  await expect(understood).toContainText('15:00');
  await expect(understood).toContainText(executorName);
  await line.press('Enter');
  await expect(agent.getByText(/Задача \d{4}-\d+ создана/)).toBeVisible();

  await executor.goto('/tasks');
  await executor.getByRole('link', { name: subject }).click();
  await expect(executor.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  await executor.getByRole('button', { name: 'Взять в работу' }).click();
  await executor.getByRole('button', { name: 'Сделано' }).click();
  const done = executor.getByRole('dialog', { name: 'Задача сделана' });
  await done.getByRole('button', { name: 'Сделано' }).click();
  await expect(done.getByText('Напишите, что сделано')).toBeVisible();
  await done.getByLabel('Результат').fill('Три расчёта готовы');
  await done.getByRole('button', { name: 'Сделано' }).click();
  await expect(done).toBeHidden();

  const id = new URL(executor.url()).pathname;
  await agent.goto(id);
  await expect(agent.getByText('Три расчёта готовы').first()).toBeVisible();
  await agent.getByRole('button', { name: 'Вернуть' }).click();
  const back = agent.getByRole('dialog', { name: 'Вернуть в работу' });
  await back.getByLabel('Чего не хватает').fill('Нет варианта с франшизой');
  await back.getByRole('button', { name: 'Вернуть' }).click();
  await expect(back).toBeHidden();

  await expect(executor.getByText('Вернули: чего не хватает')).toBeVisible();
  await expect(executor.getByText('Нет варианта с франшизой').first()).toBeVisible();
});

test('what is not clear is asked before a task is made', async ({ open }) => {
  const { page } = await open(person('agent'));
  await page.goto('/tasks');
  const line = page.getByLabel('Новая задача одной строкой');

  await line.fill('@никтотакойнеработает позвонить');
  await expect(page.getByText('@никтотакойнеработает — такого коллеги нет')).toBeVisible();
  await line.press('Enter');

  await expect(page.getByText('Сначала уточните, что осталось непонятным')).toBeVisible();
});

test('a deal has its tasks on a tab of its own', async ({ open }) => {
  const client = fresh('Лукина Вера');
  const subject = fresh('собрать документы');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, fresh('ДМС'));
  const deal = dealId(page);

  await page.goto(`/deals/${deal}?tab=tasks`);
  await page.getByLabel('Новая задача одной строкой').fill(`+3д ${subject}`);
  await expect(page.getByRole('status').filter({ hasText: subject })).toBeVisible();
  await page.getByRole('button', { name: 'Добавить' }).click();

  const openOnes = page.getByRole('region', { name: 'Открытые' });
  await expect(openOnes.getByRole('link', { name: subject })).toBeVisible();
});

test('tasks are the same list as table, board and week, and nobody is shut out of it', async ({
  open,
}) => {
  const { page } = await open(person('agent'));
  for (const layout of ['table', 'board', 'week']) {
    await page.goto(`/tasks?view=all&layout=${layout}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Задачи' })).toBeVisible();
    await expectAccessible(page, layout);
  }
  const { page: phone } = await open(person('agent'), { phone: true });
  await phone.goto('/tasks');
  await expect(phone.getByLabel('Новая задача одной строкой')).toBeVisible();
  await expectAccessible(phone, 'phone');
});
