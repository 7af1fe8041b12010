import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { person } from './people';

test('before a session ends because nobody used it, one is asked, and typed text stays', async ({
  open,
}) => {
  const { page } = await open(person('agent'));
  const reply: { idle_ends_at: string } = await page.evaluate(async () =>
    (await fetch('/api/v1/auth/session')).json(),
  );
  const minutes = Math.round((Date.parse(reply.idle_ends_at) - Date.now()) / 60_000);
  await page.clock.install();
  await page.goto('/tasks');
  await expect(page.getByRole('heading', { level: 1, name: 'Задачи' })).toBeVisible();
  const understood = page.waitForResponse(/\/api\/v1\/tasks\//);
  await page.getByLabel('Новая задача одной строкой').fill('завтра 15:00 позвонить');
  await understood;

  const asked = page.getByRole('dialog', { name: 'Вы ещё здесь?' });
  await page.clock.fastForward((minutes - 10) * 60_000);
  await expect(asked).toBeHidden();
  await page.clock.fastForward(8 * 60_000);
  await expect(asked).toBeVisible();
  await expectAccessible(page, 'the question before the end of a session');
  await asked.getByRole('button', { name: 'Я здесь' }).click();
  await expect(asked).toBeHidden();
  await expect(page.getByLabel('Новая задача одной строкой')).toHaveValue('завтра 15:00 позвонить');
});
