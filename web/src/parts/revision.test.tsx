import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { beforeAll, expect, test, vi } from 'vitest';
import { Problem } from '@/lib/http';
import { startI18n } from '@/lib/i18n';
import { queryClient } from '@/lib/query';
import { useRevision } from './revision';

interface Note {
  version: number;
  subject: string;
  text: string;
}
const opened: Note = { version: 1, subject: 'Осмотр', text: '' };
const stale = new Problem(412, { code: 'version_mismatch' });

beforeAll(async () => {
  await startI18n('ru', 'deals', 'clients', 'errors');
  queryClient.setQueryData(['session'], {
    user: { id: 'u', full_name: 'Марина Котова', role: 'agent' },
    time_zone: 'Europe/Moscow',
    today: '2026-11-23',
  });
  queryClient.setQueryData(['users', 'colleagues'], []);
});

function Form(props: { theirs: Note; send: (fields: Partial<Note>, over: Note) => Promise<void> }) {
  const revision = useRevision<Note, Omit<Note, 'version'>>({
    record: opened,
    fieldsOf: ({ subject, text }) => ({ subject, text }),
    fresh: async () => props.theirs,
    send: props.send,
    onSaved: () => {},
    onFailed: () => {},
    onClose: () => {},
    nameOf: (field) => (field === 'subject' ? 'Задача' : 'Подробности'),
  });
  return (
    <>
      <button type="button" onClick={() => revision.save({ subject: 'Осмотр в 16:30' })}>
        save
      </button>
      {revision.conflict}
    </>
  );
}
const draw = (theirs: Note, send: (fields: Partial<Note>, over: Note) => Promise<void>) =>
  render(
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <Form theirs={theirs} send={send} />
      </Suspense>
    </QueryClientProvider>,
  );
const firstStale = () =>
  vi
    .fn<(fields: Partial<Note>, over: Note) => Promise<void>>()
    .mockRejectedValueOnce(stale)
    .mockResolvedValue(undefined);

test('what another changed elsewhere merges without a question', async () => {
  const theirs = { version: 2, subject: 'Осмотр', text: 'взять ключи' };
  const send = firstStale();
  draw(theirs, send);

  await userEvent.click(screen.getByText('save'));

  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  expect(send).toHaveBeenLastCalledWith({ subject: 'Осмотр в 16:30' }, theirs);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('what both changed is shown side by side, and one of the two is kept', async () => {
  const theirs = { version: 2, subject: 'Осмотр завтра', text: '' };
  const send = firstStale();
  draw(theirs, send);

  await userEvent.click(screen.getByText('save'));

  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Осмотр в 16:30');
  expect(dialog).toHaveTextContent('Осмотр завтра');
  expect(dialog).toHaveTextContent('Задача');
  await userEvent.click(screen.getByText('Сохранить'));
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  expect(send).toHaveBeenLastCalledWith({ subject: 'Осмотр в 16:30' }, theirs);
});
