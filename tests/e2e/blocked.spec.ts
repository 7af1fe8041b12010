import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { askToBlock, bringIn } from './steps';

test('an invited colleague sets a password, works, and is out at once when blocked', async ({
  open,
  expected,
}) => {
  expected.push(/status of 401/);
  const name = fresh('Временный Сотрудник');
  const { page: admin } = await open(person('admin'));
  await admin.getByRole('link', { name: 'Администрирование' }).click();

  await expect(admin.getByRole('heading', { level: 1, name: 'Пользователи' })).toBeVisible();
  const { page: guest } = await open();
  await bringIn(admin, guest, name);

  const { row, block } = await askToBlock(admin, name);
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
