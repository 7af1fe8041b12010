import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from '@/lib/i18n/en/admin.json';
import ru from '@/lib/i18n/ru/admin.json';

const events = readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8');
const actions = [...events.matchAll(/^### (\S+)/gm)].map(([, type = '']) =>
  type.replaceAll('.', '_'),
);

test('whatever the log of the audit may hold has words', () => {
  expect(actions).toContain('crm_deal_created');
  for (const words of [ru, en]) {
    expect(actions.filter((action) => !(action in words.action))).toEqual([]);
  }
});
