import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { fresh, person } from './people';

const loaded = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
const grid = (page: Page) => page.getByRole('grid', { name: 'Календарь' });
const digits = (text: string) => Number(text.replace(/\D/g, ''));

/** What the names of the days say: «4 ноября 2026: 2 платежа, 27 700 ₽». */
async function daysOf(page: Page) {
  const names = await grid(page)
    .getByRole('button')
    .evaluateAll((days) => days.map((day) => day.getAttribute('aria-label') ?? ''));
  return names.map((name) => {
    const [, count = '0', sum = ''] = /: (\d+) [а-яё]+(?:, ([\d\s,]+)\s₽)?/.exec(name) ?? [];
    return { name, count: Number(count), sum };
  });
}

async function make(page: Page, subject: string, when: string) {
  await page.goto('/tasks');
  const line = page.getByLabel('Новая задача одной строкой');
  await line.fill(`${when} ${subject}`);
  await expect(page.getByRole('status').filter({ hasText: subject })).toBeVisible();
  await line.press('Enter');
  await expect(page.getByText(/Задача \d{4}-\d+ создана/)).toBeVisible();
}

test('the calendar of payments adds up to the table of the same filter, day by day', async ({
  open,
}) => {
  const { page } = await open(person('finance'));
  await page.goto('/money/payments?view=all&layout=calendar');
  await expect(grid(page)).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'calendar of payments');
  const month = page.getByRole('heading', { level: 2 }).locator('..');
  const inMonth = digits(/(\d+) плат/.exec((await month.textContent()) ?? '')?.[1] ?? '');
  const days = await daysOf(page);
  expect(days.reduce((sum, { count }) => sum + count, 0)).toBe(inMonth);
  const elsewhere = await page.getByRole('button', { name: /^(Раньше|Позже): / }).allTextContents();
  const head = page.getByText(/^[\d\s]+ платеж/).first();
  const total = digits(/^([\d\s]+)/.exec((await head.textContent()) ?? '')?.[1] ?? '');
  expect(inMonth + elsewhere.reduce((sum, text) => sum + digits(text), 0)).toBe(total);

  const day = days.find(({ count }) => count > 1);
  if (!day) throw new Error('the demo data have a day with two payments');
  await grid(page)
    .getByRole('button', { name: day.name, exact: true })
    .click({ position: { x: 12, y: 12 } });
  await expect(page).toHaveURL(/planned_date\.is\./);
  await expect(page.getByRole('row')).toHaveCount(day.count + 2);
  await expect(head).toHaveText(new RegExp(`^${day.count} плат.*${day.sum.replace(/\s/g, '\\s')}`));

  await page.goBack();
  await expect(grid(page).getByRole('button', { name: day.name, exact: true })).toBeVisible();
});

test('the calendar of tasks is walked by keys, and shows at once what others make', async ({
  open,
}) => {
  const subject = fresh('Сверить график');
  const { page } = await open(person('agent'));
  await make(page, subject, 'завтра');
  await page.goto(`/tasks?view=all&layout=calendar&q=${encodeURIComponent(subject)}`);
  await expect(page.getByText('1 задача').first()).toBeVisible();
  const day = grid(page).getByRole('button', { name: /: 1 задача/ });
  await expect(grid(page).getByRole('link', { name: subject })).toBeVisible();
  await loaded(page);
  await expectAccessible(page, 'calendar of tasks');

  const { page: other } = await open(person('agent'));
  await make(other, subject, 'завтра');
  await expect(grid(page).getByRole('button', { name: /: 2 задачи/ })).toBeVisible();

  await page.getByRole('button', { name: 'Следующий месяц' }).click();
  await page.getByRole('button', { name: 'Предыдущий месяц' }).click();
  await expect(page).toHaveURL(/month=20\d\d-\d\d/);
  const named = grid(page).getByRole('button', { name: /: 2 задачи/ });
  const label = (await named.getAttribute('aria-label')) ?? '';
  await named.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageDown');
  await expect(day).toHaveCount(0);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowLeft');
  await expect(grid(page).getByRole('button', { name: label, exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/due\.is\./);
  await expect(page.getByRole('row').filter({ hasText: subject })).toHaveCount(2);
});

test('a task is carried to another day and returned; a finished one stays and says why', async ({
  open,
}) => {
  const subject = fresh('Передать полис');
  const { page } = await open(person('agent'));
  await make(page, subject, 'завтра 15:00');
  await page.goto(`/tasks?view=all&layout=calendar&q=${encodeURIComponent(subject)}`);
  const card = grid(page).getByRole('listitem').filter({ hasText: subject });
  const dayWith = grid(page).locator('td').filter({ hasText: subject });
  await expect(card).toBeVisible();
  const from = (await dayWith.getAttribute('data-day')) ?? '';
  const target = grid(page).locator(`td[data-day="${from.slice(0, 8)}09"]`);
  const other = from.endsWith('10') ? '12' : '10';
  const to = grid(page).locator(`td[data-day="${from.slice(0, 8)}${other}"]`);

  await card.dragTo(to);
  await expect(to).toContainText(subject);
  await expect(to.getByRole('button')).toHaveAccessibleName(/: 1 задача/);
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(grid(page).locator(`td[data-day="${from}"]`)).toContainText(subject);

  await card.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  await expect(page.getByText('15:00').first()).toBeVisible();
  await page.getByRole('button', { name: 'Взять в работу' }).click();
  await page.getByRole('button', { name: 'Сделано' }).click();
  const done = page.getByRole('dialog', { name: 'Задача сделана' });
  await done.getByLabel('Результат').fill('Передан');
  await done.getByRole('button', { name: 'Сделано' }).click();
  await expect(done).toBeHidden();
  await page.goBack();
  await expect(card).toBeVisible();
  await card.hover();
  await page.mouse.down();
  await target.hover();
  await target.hover({ position: { x: 20, y: 40 } });
  await expect(page.getByText('Сделанную или отменённую задачу не переносят')).toBeVisible();
  await page.mouse.up();
  await expect(grid(page).locator(`td[data-day="${from}"]`)).toContainText(subject);
});

test('on a phone the calendar is a list of days', async ({ open }) => {
  const { page } = await open(person('agent'), { phone: true });
  for (const path of ['/tasks?view=all', '/money/payments?view=all', '/renewals']) {
    await page.goto(`${path}${path.includes('?') ? '&' : '?'}layout=calendar`);
    const days = page.getByRole('list', { name: 'Календарь' });
    await expect(days.getByRole('button').first()).toBeVisible();
    await loaded(page);
    await expectAccessible(page, `${path} as days on a phone`);
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(width[0], path).toBeLessThanOrEqual(width[1] ?? 0);
  }
  await page.getByRole('list', { name: 'Календарь' }).getByRole('button').first().click();
  await expect(page).toHaveURL(/effective_to\.is\./);
});
