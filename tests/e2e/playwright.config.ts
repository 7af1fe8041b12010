import { defineConfig } from '@playwright/test';

const started = process.env.BASE_URL;
if (!started) throw new Error('BASE_URL names the running system; see tools/e2e');

/** Debian's Chromium against the real stack, with the production policy; nothing is downloaded. */
export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: started,
    locale: 'ru-RU',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
