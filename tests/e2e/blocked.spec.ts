import { expect, test } from './fixtures';
import { fresh, person } from './people';

test('an invited colleague sets a password, works, and is out at once when blocked', async ({
  open,
  expected,
}) => {
  expected.push(/status of 401/);
  const name = fresh('Временный Сотрудник');
  const email = `${Date.now().toString(36)}@agency.example`;
  const password = 'длинный-пароль-для-проверки-7';
  const { page: admin } = await open(person('admin'));
  await admin.getByRole('link', { name: 'Администрирование' }).click();

  await admin.getByRole('button', { name: 'Пригласить' }).click();
  const invite = admin.getByRole('dialog', { name: 'Пригласить коллегу' });
  await invite.getByLabel('Имя и фамилия').fill(name);
  await invite.getByLabel('Почта').fill(email);
  await invite.getByRole('button', { name: 'Пригласить' }).click();
  const shown = admin.getByRole('dialog', { name: /Приглашение для/ });
  const link = new URL(await shown.getByLabel('Ссылка для входа').inputValue());
  await shown.getByRole('button', { name: 'Закрыть' }).last().click();

  const { page: guest } = await open();
  await guest.goto(`${link.pathname}${link.hash}`);
  await guest.getByLabel('Пароль', { exact: true }).fill(password);
  await guest.getByLabel('Пароль ещё раз').fill(password);
  await guest.getByRole('button', { name: 'Сохранить пароль' }).click();
  await guest.getByLabel('Почта').fill(email);
  await guest.getByLabel('Пароль').fill(password);
  await guest.getByRole('button', { name: 'Войти' }).click();
  await expect(guest.getByRole('heading', { level: 1, name: 'Мой день' })).toBeVisible();

  const row = admin.getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: /Действия/ }).click();
  await admin.getByRole('menuitem', { name: 'Заблокировать' }).click();
  const block = admin.getByRole('dialog', { name: /Заблокировать/ });
  await block.getByLabel('Причина').fill('Проверка блокировки');
  await block.getByRole('button', { name: 'Заблокировать' }).click();

  await expect(row.getByText('заблокирован')).toBeVisible();
  await expect(guest.getByRole('dialog').getByText('Сессия закончилась')).toBeVisible();
});

test('a wrong password is told in words that do not say who exists', async ({ open, expected }) => {
  expected.push(/status of 401/);
  const { page } = await open();
  await page.goto('/sign-in');

  await page.getByLabel('Почта').fill('nobody@agency.example');
  await page.getByLabel('Пароль').fill('not the password');
  await page.getByRole('button', { name: 'Войти' }).click();

  await expect(page.getByRole('alert')).toHaveText('Почта или пароль не подходят');
});
