import { fireEvent, render } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { type Bindings, singleKeys, useKeys } from './keys';

function Layer({ bindings }: { bindings: Bindings }) {
  useKeys(bindings);
  return <input aria-label="поле" />;
}

test('keys go by position, so «л» on a Russian keyboard is K', () => {
  const down = vi.fn();
  render(<Layer bindings={{ KeyK: down }} />);

  fireEvent.keyDown(document.body, { code: 'KeyK', key: 'л' });

  expect(down).toHaveBeenCalledTimes(1);
});

test('a sequence needs both keys', () => {
  const go = vi.fn();
  render(<Layer bindings={{ 'KeyG KeyD': go }} />);

  fireEvent.keyDown(document.body, { code: 'KeyD' });
  expect(go).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { code: 'KeyG' });
  fireEvent.keyDown(document.body, { code: 'KeyD' });

  expect(go).toHaveBeenCalledTimes(1);
});

function press(code: string, timeStamp: number) {
  const event = new KeyboardEvent('keydown', { code, bubbles: true });
  Object.defineProperty(event, 'timeStamp', { value: timeStamp });
  document.body.dispatchEvent(event);
}

test('a page too busy to handle the first key at once does not lose the second', () => {
  const go = vi.fn();
  const clock = vi.spyOn(performance, 'now');
  render(<Layer bindings={{ 'KeyC KeyK': go }} />);

  clock.mockReturnValue(5000);
  press('KeyC', 1000);
  press('KeyK', 5050);
  expect(go).toHaveBeenCalledTimes(1);

  clock.mockReturnValue(9000);
  press('KeyC', 9000);
  press('KeyK', 20_000);
  expect(go).toHaveBeenCalledTimes(1);
  clock.mockRestore();
});

test('letters typed into a field are letters', () => {
  const act = vi.fn();
  const { getByLabelText } = render(<Layer bindings={{ KeyN: act, 'Ctrl+KeyK': act }} />);
  const field = getByLabelText('поле');

  fireEvent.keyDown(field, { code: 'KeyN' });
  expect(act).not.toHaveBeenCalled();
  fireEvent.keyDown(field, { code: 'KeyK', ctrlKey: true });

  expect(act).toHaveBeenCalledTimes(1);
});

test('single letters can be switched off, combinations stay', () => {
  const act = vi.fn();
  render(<Layer bindings={{ KeyN: act, 'Ctrl+KeyK': act }} />);
  singleKeys.set(false);

  fireEvent.keyDown(document.body, { code: 'KeyN' });
  fireEvent.keyDown(document.body, { code: 'KeyK', ctrlKey: true });

  expect(act).toHaveBeenCalledTimes(1);
  singleKeys.set(true);
});

test('the newest layer answers first', () => {
  const below = vi.fn();
  const above = vi.fn();
  render(<Layer bindings={{ Escape: below }} />);
  render(<Layer bindings={{ Escape: above }} />);

  fireEvent.keyDown(document.body, { code: 'Escape' });

  expect(above).toHaveBeenCalledTimes(1);
  expect(below).not.toHaveBeenCalled();
});
