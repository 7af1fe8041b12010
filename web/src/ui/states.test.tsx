import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import { Problem } from '@/lib/http';
import { startI18n } from '@/lib/i18n';
import { ErrorState, RowsSkeleton } from './states';

beforeAll(() => startI18n('ru', 'errors'));

test('a failure says what happened, for support too, and can be tried again', async () => {
  const again = vi.fn();
  const failure = new Problem(503, { code: 'unavailable', trace_id: '4bf92f3577b34da6a3ce929d' });
  render(<ErrorState failure={failure} onRetry={again} />);

  expect(screen.getByRole('alert')).toHaveTextContent('Сервис временно недоступен');
  expect(screen.getByRole('button', { name: /4bf92f3577b34da6/ })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Повторить' }));

  expect(again).toHaveBeenCalledTimes(1);
});

test('what is missing and what is forbidden look the same', () => {
  const failure = new Problem(404, { code: 'deal_not_found' });
  render(<ErrorState failure={failure} onRetry={() => {}} />);

  expect(screen.getByText('Не найдено или нет доступа')).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
});

test('nothing is shown before 150 ms of waiting', () => {
  vi.useFakeTimers();
  render(<RowsSkeleton rows={2} />);

  expect(screen.queryByRole('status')).toBeNull();
  act(() => vi.advanceTimersByTime(151));

  expect(screen.getByRole('status')).toHaveTextContent('Загружаем');
  vi.useRealTimers();
});
