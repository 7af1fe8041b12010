import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, dealId, nameOf, writeNote } from './steps';

test('a mention reaches the colleague live, is put away, comes to an end', async ({ open }) => {
  const client = fresh('Соколова Вера');
  const word = fresh('осмотр');
  const again = `ещё раз про ${word}`;
  const { page: agent } = await open(person('agent'));
  const { page: admin } = await open(person('admin'));
  const name = await nameOf(admin);
  await admin.goto('/inbox');
  await expect(admin.getByRole('heading', { level: 1, name: 'Уведомления' })).toBeVisible();
  await createClient(agent, client);
  await createDeal(agent, client, fresh('Ипотека'));
  const deal = dealId(agent);

  await writeNote(agent, `@${name} согласуйте ${word}`);

  const list = admin.getByRole('region', { name: 'Список уведомлений' });
  const row = list.getByRole('button').filter({ hasText: word });
  await expect(row).toBeVisible();
  await expect(
    admin.getByRole('navigation', { name: 'Разделы' }).getByText(/непрочитанн/),
  ).toBeAttached();
  await row.click();
  const opened = admin.getByRole('region', { name: /упоминает вас/ });
  await expect(opened).toContainText(word);
  await expect(opened.getByRole('region', { name: 'Сделка' })).toContainText(client);
  await expectAccessible(admin, 'inbox');

  await admin.keyboard.press('h');
  await admin.getByRole('menuitem', { name: 'Завтра' }).click();
  await expect(row).toBeHidden();
  await admin.getByRole('link', { name: /Отложенные/ }).click();
  await expect(list.getByRole('button').filter({ hasText: word })).toBeVisible();

  await writeNote(agent, `@${name} ${again}`);
  await admin.getByRole('link', { name: /Непрочитанные/ }).click();
  await list.getByRole('button').filter({ hasText: again }).click();
  await admin.keyboard.press('e');
  await expect(list.getByRole('button').filter({ hasText: again })).toBeHidden();
  await admin.getByRole('button', { name: 'Вернуть' }).click();
  await expect(list.getByRole('button').filter({ hasText: again })).toBeVisible();
  await list.getByRole('button').filter({ hasText: again }).click();
  await admin.getByRole('button', { name: 'Готово', exact: true }).click();
  await expect(list.getByRole('button').filter({ hasText: again })).toBeHidden();

  await admin.getByRole('link', { name: 'Упоминания' }).click();
  await list.getByRole('button').filter({ hasText: again }).click();
  await admin.getByRole('link', { name: 'Открыть сделку' }).click();
  await expect(admin).toHaveURL(new RegExp(deal));
});

test('quiet hours and the morning summary are kept', async ({ open }) => {
  const { page } = await open(person('finance'));
  await page.goto('/profile');
  const part = page.getByRole('region', { name: 'Уведомления' });

  const quiet = part.getByRole('switch', { name: 'Тихие часы' });
  const toggle = part.getByText('Тихие часы', { exact: true });
  await expect(quiet).toBeVisible();
  if (await quiet.isChecked()) await toggle.click(); // Of somebody before.
  await expect(part.getByLabel('До')).toBeHidden();
  await toggle.click();
  const minutes = String(new Date().getUTCMinutes()).padStart(2, '0');
  await part.getByLabel('С', { exact: true }).fill(`21:${minutes}`);
  await part.getByLabel('С', { exact: true }).press('Enter');
  await expect(part.getByLabel('До')).toHaveValue('08:00');
  await part.getByLabel('Время сводки').fill('25:00');
  await expect(part.getByText('Время пишется так: 22:00')).toBeVisible();
  await part.getByLabel('Время сводки').fill(`9:${minutes}`);
  await part.getByLabel('Время сводки').press('Enter');
  await expect(part.getByLabel('Время сводки')).toHaveValue(`09:${minutes}`);
  await expectAccessible(page, 'profile');

  await page.reload();

  await expect(part.getByLabel('С', { exact: true })).toHaveValue(`21:${minutes}`);
  await expect(part.getByLabel('Время сводки')).toHaveValue(`09:${minutes}`);
});

test('an admin sees what the clock will do, and why', async ({ open, expected }) => {
  expected.push(/status of 404/);
  const { page } = await open(person('admin'));
  await page.goto('/admin/reminders');
  await expect(page.getByRole('heading', { level: 1, name: 'Напоминания' })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expectAccessible(page, 'reminders');
  await page.getByRole('region', { name: 'Напоминания' }).getByRole('button').first().click();
  await expect(page.getByText(/напоминание (за|в тот же|через)/).first()).toBeVisible();
  await expectAccessible(page, 'reminders of a day');

  const { page: agent } = await open(person('agent'));
  await agent.goto('/admin/reminders');
  await expect(agent.getByText('Не найдено или нет доступа')).toBeVisible();
});

test('an admin sees what the services do unasked', async ({ open, expected }) => {
  expected.push(/status of 404/);
  const { page } = await open(person('admin'));
  await page.goto('/admin/background');
  await expect(page.getByRole('heading', { level: 1, name: 'Фоновые работы' })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const jobs = page.getByRole('row').filter({ hasText: 'Старые ответы и отметки о событиях' });
  await expect(jobs).toHaveCount(6);
  await expect(jobs.first()).toContainText('в порядке');
  await expectAccessible(page, 'background jobs');

  const { page: agent } = await open(person('agent'));
  await agent.goto('/admin/background');
  await expect(agent.getByText('Не найдено или нет доступа')).toBeVisible();
});

test('the inbox fits a phone', async ({ open }) => {
  const { page } = await open(person('agent'), { phone: true });
  for (const path of ['/inbox', '/inbox?view=all', '/inbox?view=later']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: 'Уведомления' })).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const wide = await page.evaluate(
      () => (document.querySelector('main')?.scrollWidth ?? 0) - innerWidth,
    );
    expect(wide, path).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${path} on a phone`);
  }
});
