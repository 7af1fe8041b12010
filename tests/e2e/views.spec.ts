import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
const views = (page: Page) => page.getByRole('navigation', { name: 'Виды списка' });
const shownCount = async (page: Page) => {
  const note = page.getByText(/^[\d\s]+ сдел/).first();
  return Number(((await note.textContent()) ?? '').replace(/\D/g, ''));
};

test('conditions joined by «или» find what either finds, and stand as one sentence', async ({
  open,
}) => {
  const { page } = await open(person('head'));
  const counts: number[] = [];
  for (const f of ['status.is.draft', 'status.is.issuance']) {
    await page.goto(`/deals?view=all&layout=table&f=${f}`);
    await loaded(page);
    counts.push(await shownCount(page));
  }
  await page.goto('/deals?view=all&layout=table');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('f');
  await page.getByRole('menuitem', { name: 'Статус' }).click();
  const editor = page.getByRole('dialog');
  await editor.getByText('Черновик', { exact: true }).click();
  await editor.getByRole('button', { name: /Или/ }).click();
  await editor.getByText('Оформление', { exact: true }).last().click();
  await expect(page).toHaveURL(/issuance/);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await expectAccessible(page, 'two conditions');
  await page.keyboard.press('Escape');

  const chip = page.getByRole('list', { name: 'Условия фильтра' }).getByRole('listitem');
  await expect(chip).toHaveCount(1);
  await expect(chip).toHaveText(/Статус.*Черновик.*или.*Статус.*Оформление/);
  await loaded(page);
  const [drafts = 0, issued = 0] = counts;
  await expect.poll(() => shownCount(page), { message: 'either of the two' }).toBe(drafts + issued);
});

test('a shared view is made by one, used by another, and gone when its author removes it', async ({
  open,
}) => {
  const name = fresh('Черновики по срокам');
  const { page: author } = await open(person('agent'));
  await author.goto('/deals?view=all&layout=table&f=status.is.draft&sort=created_at%20desc');
  await author.getByRole('button', { name: 'Сохранить как' }).click();
  const form = author.getByRole('dialog', { name: 'Сохранить как новый вид' });
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form.getByText('Назовите вид')).toBeVisible();
  await form.getByLabel('Название').fill(name);
  await form.getByText('все', { exact: true }).click();
  await form.getByRole('button', { name: 'Сохранить' }).click();
  await expect(form).toBeHidden();
  await expect(views(author).getByRole('link', { name })).toHaveAttribute('aria-current', 'page');

  const { page: colleague } = await open(person('executor'));
  await colleague.goto('/deals');
  await views(colleague).getByRole('link', { name }).click();
  await expect(
    colleague.getByRole('list', { name: 'Условия фильтра' }).getByRole('listitem'),
  ).toHaveText(/Статус.*Черновик/);
  // Who only uses a view may copy what they changed in it, not change it for all.
  await expect(colleague.getByRole('button', { name: 'Действия с видом' })).toHaveCount(0);

  await author.getByRole('button', { name: 'Действия с видом' }).click();
  await author.getByRole('menuitem', { name: 'Удалить вид' }).click();
  const question = author.getByRole('dialog', { name: new RegExp(name) });
  await expect(question).toContainText('Вид исчезнет у всех');
  await question.getByRole('button', { name: 'Удалить вид' }).click();
  await expect(views(author).getByRole('link', { name })).toHaveCount(0);
  await expect(views(colleague).getByRole('link', { name })).toHaveCount(0);
  await expect(colleague.getByRole('heading', { level: 1, name: 'Сделки' })).toBeVisible();
});
