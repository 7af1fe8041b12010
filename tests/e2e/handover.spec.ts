import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { askToBlock, bringIn, createClient, createDeal, dealId, nameOf } from './steps';

test('the deals and tasks of somebody blocked go to the successor that the admin names', async ({
  open,
  expected,
}) => {
  expected.push(/status of 401/, /status of 404/);
  const name = fresh('Временный Агент');
  const { page: successor } = await open(person('agent'));
  const heir = await nameOf(successor);
  const { page: admin } = await open(person('admin'));
  await admin.goto('/admin/users');
  const { page: leaver } = await open();
  await bringIn(admin, leaver, name);
  const client = fresh('Наследов Пётр');
  const title = fresh('Ипотека');
  const subject = fresh('запросить справку');
  await createClient(leaver, client);
  await createDeal(leaver, client, title);
  const deal = dealId(leaver);
  await leaver.goto(`/deals/${deal}?tab=tasks`);
  await leaver.getByLabel('Новая задача одной строкой').fill(`завтра ${subject}`);
  await expect(leaver.getByRole('status').filter({ hasText: subject })).toBeVisible();
  await leaver.getByRole('button', { name: 'Добавить' }).click();
  const tasks = leaver.getByRole('region', { name: 'Открытые' });
  await expect(tasks.getByRole('link', { name: subject })).toBeVisible();

  const { row, block } = await askToBlock(admin, name);
  await block.getByRole('button', { name: 'Заблокировать' }).click();
  await expect(block.getByText('Напишите причину')).toBeVisible();
  await block.getByRole('button', { name: 'Кому передать сделки' }).click();
  await admin.getByRole('option', { name: heir }).click();
  await block.getByLabel('Причина').fill('Ушёл из агентства');
  await block.getByRole('button', { name: 'Заблокировать' }).click();
  await expect(row.getByText('заблокирован')).toBeVisible();
  await expect(leaver.getByRole('dialog').getByText('Сессия закончилась')).toBeVisible();

  await expect(async () => {
    await successor.goto(`/deals/${deal}?tab=tasks`);
    await expect(successor.getByRole('heading', { level: 1, name: client })).toBeVisible({
      timeout: 3000,
    });
  }).toPass();
  const kept = successor.getByRole('region', { name: 'Открытые' }).getByRole('listitem');
  await expect(kept.filter({ hasText: subject })).toContainText(heir);
  await successor.goto(`/deals/${deal}?tab=team`);
  await expect(successor.getByRole('region', { name: 'Команда' })).toContainText(heir);
});
