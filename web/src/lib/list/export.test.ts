import { expect, test } from 'vitest';
import { fileColumns } from './export';

const fields = [
  {
    id: 'status',
    label: 'Статус',
    kind: 'enum' as const,
    options: [{ id: 'draft', label: 'Черновик' }],
  },
  { id: 'title', label: 'Название', kind: 'text' as const },
];

test('a file has the columns that are shown, in their order, under their heads', () => {
  const columns = [
    { label: 'Название', file: 'title' },
    { label: 'Срок', file: ['due_on', 'due_at'] },
    { label: 'Действия' },
  ];

  expect(fileColumns(columns, fields)).toEqual([
    { field: 'title', title: 'Название' },
    { field: 'due_on', title: 'Срок' },
    { field: 'due_at', title: 'Срок' },
  ]);
});

test('a field may have a head and words of its own', () => {
  const words = [{ value: 'client', word: 'Клиент' }];
  const columns = [
    {
      label: 'Что дальше',
      file: [{ field: 'deadline.waiting_on', title: 'Ход', words }, 'status'],
    },
  ];

  expect(fileColumns(columns, fields)).toEqual([
    { field: 'deadline.waiting_on', title: 'Ход', words },
    { field: 'status', title: 'Что дальше', words: [{ value: 'draft', word: 'Черновик' }] },
  ]);
});

test('values that one chooses among are written by their words', () => {
  expect(fileColumns([{ label: 'Статус', file: 'status' }], fields)).toEqual([
    { field: 'status', title: 'Статус', words: [{ value: 'draft', word: 'Черновик' }] },
  ]);
});
