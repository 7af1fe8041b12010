import { expect, test } from './fixtures';
import { fresh, person } from './people';
import { createClient, createDeal, nameOf, sendToCalculation } from './steps';

test('two people edit one deal: the second sees both values and chooses', async ({
  open,
  expected,
}) => {
  expected.push(/status of 412/);
  const client = fresh('Орлова Инна');
  const { page: colleague } = await open(person('executor'));
  const { page: agent } = await open(person('agent'));
  await createClient(agent, client);
  await createDeal(agent, client, fresh('КАСКО'));
  await sendToCalculation(agent, await nameOf(colleague));
  await colleague.goto(new URL(agent.url()).pathname);
  const edit = (page: typeof agent) => page.getByRole('dialog', { name: 'Изменить сделку' });
  for (const page of [agent, colleague]) {
    await page.getByRole('button', { name: 'Изменить', exact: true }).click();
  }
  await edit(agent).getByLabel('Описание').fill('Первый вариант');
  await edit(colleague).getByLabel('Описание').fill('Второй вариант');

  await edit(agent).getByRole('button', { name: 'Сохранить' }).click();
  await expect(edit(agent)).toBeHidden();
  await edit(colleague).getByRole('button', { name: 'Сохранить' }).click();

  const choice = colleague.getByRole('dialog', { name: /запись изменили/ });
  const field = choice.getByRole('region', { name: 'Описание' });
  await expect(field).toContainText('Первый вариант');
  await expect(field).toContainText('Второй вариант');
  await choice.getByRole('button', { name: 'Сохранить' }).click();
  await expect(choice).toBeHidden();
  await expect(agent.getByText('Второй вариант')).toBeVisible();
});
