import { QueryClient } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { parseChange } from '../live';
import type { Deal } from '../types';
import { applyLive } from './live_patch';

const card = { id: 'a', version: 3, title: 'КАСКО', status: 'draft' } as Deal;
const change = (version: number, changed: object) => ({
  what: 'change' as const,
  change: { kind: 'deal', id: 'a', version, type: 'crm.deal.updated', changed },
});

test('a newer change patches what is on screen', () => {
  const client = new QueryClient();
  client.setQueryData(['deals', 'one', 'a'], card);

  applyLive(client, change(4, { title: 'КАСКО и ОСАГО' }), () => {});

  expect(client.getQueryData<Deal>(['deals', 'one', 'a'])).toMatchObject({
    title: 'КАСКО и ОСАГО',
    version: 4,
  });
});

test('an older change changes nothing', () => {
  const client = new QueryClient();
  client.setQueryData(['deals', 'one', 'a'], card);

  applyLive(client, change(2, { title: 'Старое' }), () => {});

  expect(client.getQueryData<Deal>(['deals', 'one', 'a'])?.title).toBe('КАСКО');
});

test('a reset refetches everything', () => {
  const client = new QueryClient();
  const invalidate = vi.spyOn(client, 'invalidateQueries');

  applyLive(client, { what: 'reset' }, () => {});

  expect(invalidate).toHaveBeenCalledWith();
});

test('a change of a user asks whether the session stands', () => {
  const confirm = vi.fn();

  applyLive(
    new QueryClient(),
    { what: 'change', change: { kind: 'user', id: 'u', version: 2, type: 'auth.user.blocked' } },
    confirm,
  );

  expect(confirm).toHaveBeenCalled();
});

test('new settings of the agency are asked for', async () => {
  const client = new QueryClient();
  client.setQueryData(['settings'], { name: 'Меридиан' });

  applyLive(
    client,
    {
      what: 'change',
      change: { kind: 'agency', id: 'a', version: 2, type: 'auth.agency.updated' },
    },
    () => {},
  );

  await vi.waitFor(() => expect(client.getQueryState(['settings'])?.isInvalidated).toBe(true));
});

test('nonsense on the stream is left alone', () => {
  expect(parseChange('{"kind":"deal","id":"a"}')).toMatchObject({ kind: 'deal' });
  expect(parseChange('not json')).toBeUndefined();
  expect(parseChange('"text"')).toBeUndefined();
});
