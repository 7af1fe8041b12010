import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
const chips = (page: Page) =>
  page.getByRole('list', { name: 'Условия фильтра' }).getByRole('listitem');
const views = (page: Page) => page.getByRole('navigation', { name: 'Виды списка' });

async function countOf(page: Page, f: string) {
  await page.goto(`/deals?view=all&layout=table&f=${f}`);
  await loaded(page);
  const note = page.getByText(/^[\d\s]+ сдел/).first();
  return Number(((await note.textContent()) ?? '').replace(/\D/g, ''));
}

async function saveView(page: Page, name: string) {
  await page.getByRole('button', { name: 'Сохранить как' }).click();
  const form = page.getByRole('dialog', { name: 'Сохранить как новый вид' });
  await form.getByLabel('Название').fill(name);
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
}

test('a head keeps a view of what their team leads', async ({ open }) => {
  const { page } = await open(person('head'));
  await page.goto('/deals?view=all&layout=table');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('f');
  await page.getByRole('menuitem', { name: 'Ответственный' }).click();
  const editor = page.getByRole('dialog');
  await editor.getByText('Моя команда', { exact: true }).click();
  await expect(page).toHaveURL(/lead_agent_id\.is\.team/);
  await loaded(page);
  await expectAccessible(page, 'a condition about the team');
  await page.keyboard.press('Escape');
  await expect(chips(page)).toHaveText(/Ответственный.*это.*Моя команда/);
  await loaded(page);

  const name = fresh('Моя команда');
  await saveView(page, name);
  await page.goto('/deals');
  await views(page).getByRole('link', { name }).click();
  await expect(chips(page)).toHaveText(/это.*Моя команда/);

  const [team, others, all] = [
    await countOf(page, 'lead_agent_id.is.team'),
    await countOf(page, 'lead_agent_id.not.team'),
    await countOf(page, ''),
  ];
  expect(team).toBeGreaterThan(0);
  expect(team + others).toBe(all);
});

test('nobody is asked about a team in the audit log', async ({ open }) => {
  const { page } = await open(person('head'));
  await page.goto('/admin/audit');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('f');
  await page.getByRole('menuitem', { name: 'Кто' }).click();
  const editor = page.getByRole('dialog');
  await expect(editor.getByText('Я', { exact: true })).toBeVisible();
  await expect(editor.getByText('Моя команда')).toHaveCount(0);
});

test('a saved view of tasks opens as the week it was saved as', async ({ open }) => {
  const name = fresh('Моя неделя');
  const { page } = await open(person('agent'));
  await page.goto('/tasks?view=all&layout=week');
  await expect(page.getByRole('button', { name: 'Следующая неделя' })).toBeVisible();
  await saveView(page, name);

  await page.goto('/tasks?view=all&layout=table');
  await views(page).getByRole('link', { name }).click();

  await expect(page.getByRole('button', { name: 'Следующая неделя' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Сбросить' })).toHaveCount(0);
});
