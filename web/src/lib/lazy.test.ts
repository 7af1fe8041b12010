import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { arrival } from './lazy';

const connection = vi.spyOn(navigator, 'onLine', 'get');
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  connection.mockReset();
});

test('what does not come at first is asked for again', async () => {
  connection.mockReturnValue(true);
  const load = vi.fn().mockRejectedValueOnce(new TypeError('lost')).mockResolvedValue('part');

  const part = arrival(load);
  await vi.runAllTimersAsync();

  await expect(part).resolves.toBe('part');
  expect(load).toHaveBeenCalledTimes(2);
});

test('without a connection it waits for one, however long', async () => {
  connection.mockReturnValue(false);
  const load = vi.fn().mockRejectedValue(new TypeError('lost'));
  const part = arrival(load, 1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(load).toHaveBeenCalledTimes(1);

  connection.mockReturnValue(true);
  load.mockResolvedValue('part');
  window.dispatchEvent(new Event('online'));

  await expect(part).resolves.toBe('part');
});

test('with a connection it gives up, and says why', async () => {
  connection.mockReturnValue(true);
  const load = vi.fn().mockRejectedValue(new TypeError('gone'));

  const part = expect(arrival(load, 3)).rejects.toThrow('gone');
  await vi.runAllTimersAsync();

  await part;
  expect(load).toHaveBeenCalledTimes(3);
});
