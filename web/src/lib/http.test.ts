import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { configureHttp, Problem, retryDelay, send, sendOnce } from './http';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  server.resetHandlers();
  vi.useRealTimers();
});
afterAll(() => server.close());

const url = 'http://localhost/api/v1/deals';
const post = () => new Request(url, { method: 'POST', body: '{}' });

test('a write carries the CSRF token and one idempotency key through its tries', async () => {
  const keys: (string | null)[] = [];
  let csrf: string | null = null;
  server.use(
    http.post(url, ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      csrf = request.headers.get('X-CSRF-Token');
      return keys.length < 2
        ? new HttpResponse(null, { status: 503, headers: { 'Retry-After': '1' } })
        : HttpResponse.json({}, { status: 201 });
    }),
  );
  const waits: number[] = [];
  configureHttp({ csrfToken: () => 'token', onWait: (seconds) => waits.push(seconds) });

  const response = await send(post());

  expect(response.status).toBe(201);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[0]).toBe(keys[1]);
  expect(csrf).toBe('token');
  expect(waits).toEqual([1, 0]);
});

test('a write that found no session repeats after signing in again', async () => {
  let signedIn = false;
  server.use(
    http.post(url, () =>
      signedIn ? HttpResponse.json({}, { status: 201 }) : new HttpResponse(null, { status: 401 }),
    ),
  );
  configureHttp({
    signInAgain: async () => {
      signedIn = true;
    },
  });

  expect((await send(post())).status).toBe(201);
});

test('the same write twice at once is sent once; another, or the same later, goes by itself', async () => {
  const sent: string[] = [];
  server.use(
    http.post(url, async ({ request }) => {
      sent.push(await request.text());
      return HttpResponse.json({ number: sent.length }, { status: 201 });
    }),
  );
  const write = (body: string) => sendOnce(new Request(url, { method: 'POST', body }));

  const answers = await Promise.all([write('one'), write('one'), write('other')]);

  expect(sent.toSorted()).toEqual(['one', 'other']);
  expect(await answers[0].json()).toEqual(await answers[1].json());
  expect((await write('one')).status).toBe(201);
  expect(sent).toHaveLength(3);
});

test('a write that fails fails for both who asked, and may be sent again', async () => {
  server.use(http.post(url, () => new HttpResponse(null, { status: 409 }), { once: true }));
  const both = await Promise.all([sendOnce(post()), sendOnce(post())]);
  expect(both.map(({ status }) => status)).toEqual([409, 409]);

  server.use(http.post(url, () => HttpResponse.json({}, { status: 201 })));
  expect((await sendOnce(post())).status).toBe(201);
});

test('a read carries neither key nor token', async () => {
  let names: string[] = [];
  server.use(
    http.get(url, ({ request }) => {
      names = [...request.headers.keys()];
      return HttpResponse.json({ deals: [] });
    }),
  );

  await send(new Request(url));

  expect(names).not.toContain('idempotency-key');
  expect(names).not.toContain('x-csrf-token');
});

test('without an answer the failure says offline', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 });
  server.use(http.post(url, () => HttpResponse.error()));

  await expect(send(post())).rejects.toMatchObject({ status: 0, code: 'offline' });
});

test('only 429 and 503 are tried again, and not for ever', () => {
  const answer = (status: number, after?: string) =>
    new Response(null, { status, headers: after ? { 'Retry-After': after } : {} });

  expect(retryDelay(answer(503, '2'), 1)).toBe(2);
  expect(retryDelay(answer(429), 1)).toBe(1);
  expect(retryDelay(answer(429, '600'), 1)).toBeUndefined();
  expect(retryDelay(answer(503, '2'), 3)).toBeUndefined();
  expect(retryDelay(answer(500), 1)).toBeUndefined();
});

test('a problem keeps what the server said', () => {
  const problem = new Problem(409, { code: 'transition_not_allowed', allowed: ['closed'] });

  expect(problem).toMatchObject({
    code: 'transition_not_allowed',
    allowed: ['closed'],
    errors: [],
  });
});
