import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, dealId } from './steps';

test('a birth was: a short year is of the past, and the day to come is refused', async ({
  open,
}) => {
  const client = fresh('Ветрова Алла');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await page.goto(`/clients?q=${encodeURIComponent(client)}`);
  await page.getByRole('link', { name: client }).first().click();
  await page.getByRole('button', { name: 'Изменить' }).first().click();
  const form = page.getByRole('dialog', { name: 'Изменить клиента' });
  const born = form.getByLabel('Дата рождения');
  await born.fill('01.02.2057');
  await born.press('Enter');
  await expect(form.getByText('Этот день ещё не наступил')).toBeVisible();
  await expect(born).toBeFocused();
  await expectAccessible(page, 'a birth that is refused');
  await born.fill('1 февраля');
  await born.press('Enter');
  await expect(form.getByText('Напишите и год')).toBeVisible();
  await born.fill('01.02.57');
  await expect(form.getByText('1 февраля 1957')).toBeVisible();
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByText(/1 февраля 1957|01\.02\.1957/).first()).toBeVisible();
});

test('a form takes days and sums as people type them, and refuses what may mean two', async ({
  open,
}) => {
  const client = fresh('Ильин Марк');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, 'КАСКО');
  await page.goto(`/deals/${dealId(page)}?tab=policies`);
  await page.getByRole('button', { name: 'Новый полис' }).click();
  const form = page.getByRole('dialog', { name: 'Новый полис' });
  const start = form.getByLabel('Начало');
  await start.fill('1 января 2028');
  await start.press('Tab');
  await expect(start).toHaveValue('01.01.2028');
  const end = form.getByLabel('Окончание');
  await end.fill('31 февраля 2029');
  await end.press('Tab');
  await expect(form.getByText('Такой даты нет')).toBeVisible();
  await end.fill('29.02.2028');
  await expect(form.getByText('29 февраля 2028')).toBeVisible();
  const premium = form.getByLabel('Премия');
  await premium.fill('84250,500');
  await expect(form.getByText('Копеек не больше двух цифр')).toBeVisible();
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(premium).toBeFocused();
  await premium.fill('84\u202f250,5');
  await expect(form.getByText(/84\s250,50\s₽/)).toBeVisible();
});
