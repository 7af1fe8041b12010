import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, goByKeys, quickCreate } from './steps';

test('a policy and a payment are begun by keys: in a deal at once, elsewhere after its choice', async ({
  open,
}) => {
  const client = fresh('Кузьмин Пётр');
  const title = fresh('КАСКО Haval');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, title);

  const policy = await quickCreate(page, 'p', 'Новый полис');
  await expect(policy.getByRole('button', { name: 'Страховщик' })).toBeVisible();
  await policy.getByRole('button', { name: 'Отмена' }).click();

  const payment = await quickCreate(page, 'm', 'Новый платёж');
  await expect(payment).toContainText('ещё нет полиса');
  await payment.getByRole('button', { name: 'Закрыть' }).last().click();

  await goByKeys(page, 't', 'Задачи');
  await quickCreate(page, 'm', 'Новый платёж');
  await payment.getByRole('button', { name: 'Дальше' }).click();
  await expect(payment.getByText('Выберите сделку')).toBeVisible();
  await expectAccessible(page, 'payment of which deal');
  await payment.getByRole('combobox', { name: 'В какой сделке' }).fill(title);
  await page.getByRole('option', { name: title }).click();
  await payment.getByRole('button', { name: 'Дальше' }).click();
  await expect(payment).toContainText('ещё нет полиса');
});

test('a commission rule pays a percent or one sum', async ({ open }) => {
  const { page } = await open(person('admin'));
  await page.goto('/admin/rules');
  await page.getByRole('button', { name: 'Новое правило' }).click();
  const form = page.getByRole('dialog', { name: 'Новое правило' });
  await form.getByText('Сумма за полис').click();
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText('Не похоже на сумму')).toBeVisible();
  await form.getByLabel('Сумма', { exact: true }).fill('1 500,50');
  await form.getByLabel('Действует с').fill('01.01.2031');
  await form.getByLabel('Действует по').fill('31.01.2031');
  await expectAccessible(page, 'rule of one sum');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole('cell', { name: /1\s500,50/ }).first()).toBeVisible();
});
