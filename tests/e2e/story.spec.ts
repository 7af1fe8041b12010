import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, dealId, nameOf, sendToCalculation, writeNote } from './steps';

test('an agent leads a deal, a colleague sees it at once, an admin finds all of it', async ({
  open,
}) => {
  const client = fresh('Смирнова Ольга');
  const title = fresh('КАСКО на Mazda CX-5');
  const note = fresh('Просит без франшизы и ремонт у дилера');
  const { page: colleague } = await open(person('executor'));
  const executor = await nameOf(colleague);
  await colleague.getByRole('link', { name: 'Сделки' }).click();
  await expect(colleague.getByRole('heading', { level: 1, name: 'Сделки' })).toBeVisible();
  const { page: agent } = await open(person('agent'));

  await createClient(agent, client, '8 (916) 555-01-23');
  await createDeal(agent, client, title);
  await sendToCalculation(agent, executor);

  const column = colleague.getByRole('region', { name: 'На расчёте' });
  const card = column.getByRole('listitem').filter({ hasText: title });
  await expect(card).toBeVisible();
  await card.getByRole('link').click();
  await expect(colleague.getByRole('heading', { level: 1, name: client })).toBeVisible();

  await writeNote(agent, note);

  await expect(colleague.getByRole('article').filter({ hasText: note })).toBeVisible();

  const id = dealId(agent);
  const { page: admin } = await open(person('admin'));
  await admin.goto(`/admin/audit?f=entity_id.is.${id}`);
  const log = admin.getByRole('table', { name: 'Журнал аудита' });
  await expect(log.getByRole('row').filter({ hasText: 'сделка создана' })).toBeVisible();
  const moved = log.getByRole('row').filter({ hasText: 'статус изменён' });
  await expect(moved).toBeVisible();
  await moved.click();
  const panel = admin.getByRole('complementary', { name: /Запись/ });
  await expect(panel.getByRole('row').filter({ hasText: 'Статус' }).first()).toContainText(
    'На расчёте',
  );
  await admin.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await admin.getByRole('button', { name: 'Цепочка записей' }).click();
  await expect(admin.getByText(/Цепочка цела/)).toBeVisible();
});

test('the history of a deal stands on its card, for who may see it', async ({ open }) => {
  const client = fresh('Кузьмин Пётр');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, fresh('ОСАГО'));

  await page.getByRole('link', { name: 'История' }).click();
  await expect(page).toHaveURL(/tab=history/);

  await expect(page.getByRole('listitem').filter({ hasText: 'сделка создана' })).toBeVisible();
});
