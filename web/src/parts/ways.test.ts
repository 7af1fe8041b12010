import { expect, test } from 'vitest';
import { waysOf } from './ways';

test('the first person stands first, and every way opens its own app', () => {
  const ways = waysOf([
    { name: 'Бухгалтерия', email: 'buh@mail.example', is_primary: false },
    {
      name: 'Ольга',
      phone: '8 913 204-18-77',
      phone_e164: '+79132041877',
      messenger: '@olga_sm',
      is_primary: true,
    },
  ]);

  expect(ways.map(({ href }) => href)).toEqual([
    'tel:+79132041877',
    'https://t.me/olga_sm',
    'mailto:buh@mail.example',
  ]);
});

test('a messenger that is not a Telegram name opens nothing', () => {
  for (const messenger of ['WhatsApp', '@ab', 'https://example.com/t.me/olga_sm', '']) {
    expect(waysOf([{ messenger, is_primary: true }])).toEqual([]);
  }
  expect(waysOf([{ messenger: 'https://t.me/olga_sm', is_primary: true }])).toHaveLength(1);
});
