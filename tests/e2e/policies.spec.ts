import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, dealId, givenPolicy } from './steps';

test('an agent issues a policy whose schedule adds up, renews it, and finds it in the lists', async ({
  open,
}) => {
  const client = fresh('Громова Инна');
  const number = fresh('КСК').replace(/\D+/g, '');
  const { page } = await open(person('agent'));
  await createClient(page, client);
  await createDeal(page, client, 'КАСКО');
  await page.goto(`/deals/${dealId(page)}?tab=policies`);
  await page.getByRole('button', { name: 'Новый полис' }).click();
  const form = page.getByRole('dialog', { name: 'Новый полис' });
  await form.getByRole('button', { name: 'Страховщик' }).click();
  await page.getByRole('option', { name: 'Волга-Полис' }).click();
  await form.getByLabel('Номер').fill(number);
  await form.getByLabel('Окончание').fill('+20д');
  await form.getByLabel('Премия').fill('84 250,51');
  await form.getByRole('button', { name: '2 взноса' }).click();
  await expect(form.getByText('Взносы равны премии')).toBeVisible();
  await form.getByLabel('Сумма взноса 2').fill('42 000');
  await expect(form.getByText(/До премии не хватает 125,51/)).toBeVisible();
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByRole('alert')).toContainText('Сумма взносов');
  await form.getByLabel('Сумма взноса 2').fill('42125,51');
  await expectAccessible(page, 'the form of a policy');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();

  const tab = page.getByRole('region', { name: 'Полисы' });
  await tab.getByRole('button', { name: 'Действует' }).click();
  await expect(page.getByText('Полис действует')).toBeVisible();
  await expect(tab.getByRole('button', { name: 'Продлить' })).toBeVisible();
  // Its end is near, so the clock asks for the renewal at once, and the screen follows.
  await expect(tab.getByText('Ожидает продления')).toBeVisible();
  await tab.getByRole('button', { name: 'Продлить' }).click();
  await expect(tab.getByText('без номера')).toBeVisible();

  await page.reload();
  await expect(tab.getByText('без номера')).toBeVisible();
  await expectAccessible(page, 'policies of a deal');

  await page.goto('/renewals');
  const row = page.getByRole('row').filter({ hasText: client });
  await expect(row).toContainText('Черновик готов');
  await expectAccessible(page, 'renewals');
  await page.goto(`/policies?q=${number}`);
  await page.getByRole('link', { name: client }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Волга-Полис');
  await expect(page.getByRole('navigation', { name: 'Цепочка продлений' })).toBeVisible();
  await expectAccessible(page, 'a policy');
});

test('a policy is amended, and closed with a reason that stays on its card', async ({ open }) => {
  const client = fresh('Долгов Артём');
  const { page } = await open(person('agent'));
  await givenPolicy(page, client, 200);
  await page
    .getByRole('region', { name: 'Полисы' })
    .getByRole('link', { name: /Волга-Полис/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Волга-Полис');

  await page.getByRole('button', { name: 'Доп. соглашение' }).click();
  const form = page.getByRole('dialog', { name: 'Доп. соглашение' });
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText('Опишите, что меняется')).toBeVisible();
  await form.getByLabel('Что меняется').fill('Добавить водителя');
  await form.getByLabel('К какой дате').fill('+10д');
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  const amendment = page.getByRole('listitem').filter({ hasText: 'Добавить водителя' });
  await expect(amendment).toContainText('Запланировано');
  await expectAccessible(page, 'a policy with an amendment');
  await amendment.getByRole('button', { name: 'Подписано' }).click();
  await expect(amendment.getByRole('button')).toHaveCount(0);

  await page.getByRole('main').getByRole('button', { name: 'Закрыть', exact: true }).click();
  const close = page.getByRole('dialog', { name: /Закрыть полис/ });
  await close.getByRole('button', { name: 'Закрыть', exact: true }).last().click();
  await expect(close.getByText('Укажите причину')).toBeVisible();
  await close.getByLabel('Причина').fill('Машина продана');
  await close.getByRole('button', { name: 'Закрыть', exact: true }).last().click();
  await expect(close).toBeHidden();
  await expect(page.getByText('Машина продана')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Изменить' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('Машина продана')).toBeVisible();
  await expectAccessible(page, 'a closed policy');
});
