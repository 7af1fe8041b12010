import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import type { Person } from './people';

interface Opened {
  page: Page;
  context: BrowserContext;
}
interface Browse {
  /** A browser of somebody: signed in when a person is given. */
  open: (who?: Person, options?: { phone?: boolean }) => Promise<Opened>;
  /** What this test makes the browser complain about, e.g. a conflict it provokes. */
  expected: RegExp[];
}

const phone = { viewport: { width: 320, height: 720 }, hasTouch: true, isMobile: true };

/** In every test: no console error, no violation of the policy, no request to another host. */
export const test = base.extend<Browse>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
  expected: async ({}, use) => use([]),
  open: async ({ browser, baseURL, expected }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (who, options) => {
      const context = await browser.newContext(options?.phone ? phone : {});
      contexts.push(context);
      const page = await context.newPage();
      await watch(page, complaints, new URL(baseURL ?? '').host);
      if (who) await signIn(page, who);
      return { page, context };
    });
    for (const context of contexts) await context.close();
    const unexpected = complaints.filter((text) => !expected.some((known) => known.test(text)));
    expect(unexpected).toEqual([]);
  },
});
export { expect };

async function watch(page: Page, complaints: string[], host: string) {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.host !== host) complaints.push(`host: ${url.host}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => complaints.push(`csp: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as { reportViolation?: (text: string) => void }).reportViolation;
      report?.(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
}

export async function signIn(page: Page, who: Person) {
  await page.goto('/sign-in');
  await page.getByLabel('Почта').fill(who.email);
  await page.getByLabel('Пароль').fill(who.password);
  await page.getByRole('button', { name: 'Войти' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Мой день' })).toBeVisible();
}
