import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startI18n } from '@/lib/i18n';
import { SignInForm } from './sign_in_form';

const server = setupServer();
beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  await startI18n('ru', 'auth', 'errors');
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const url = '*/api/v1/auth/login';
async function signIn(onDone = vi.fn(async () => {})) {
  render(<SignInForm onDone={onDone} />);
  await userEvent.type(screen.getByLabelText('Почта'), 'agent@agency.example');
  await userEvent.type(screen.getByLabelText('Пароль'), 'long password');
  await userEvent.click(screen.getByRole('button', { name: 'Войти' }));
  return onDone;
}

test('the right password leads inside', async () => {
  let sent: unknown;
  server.use(
    http.post(url, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ csrf_token: 't' });
    }),
  );

  const done = await signIn();

  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent).toEqual({ email: 'agent@agency.example', password: 'long password' });
});

test('a refusal is said in words, the e-mail stays and the password goes', async () => {
  server.use(
    http.post(url, () =>
      HttpResponse.json({ code: 'invalid_credentials', status: 401 }, { status: 401 }),
    ),
  );

  const done = await signIn();

  expect(await screen.findByRole('alert')).toHaveTextContent('Почта или пароль не подходят');
  expect(screen.getByLabelText('Почта')).toHaveValue('agent@agency.example');
  expect(screen.getByLabelText('Пароль')).toHaveValue('');
  expect(done).not.toHaveBeenCalled();
});
