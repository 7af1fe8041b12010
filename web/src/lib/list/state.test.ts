import { expect, test } from 'vitest';
import { columnsOfView, columnsText, isPinned, moved, parseColumns, viewColumns } from './columns';
import { differences, emptyView, isChanged, readListSearch, stateOf } from './state';

const view = { ...emptyView, f: 'status.is.draft', sort: 'deadline_on' };

test('the address says only what differs from the view', () => {
  const state = stateOf(view, { f: '', group: 'status' });

  expect(state).toEqual({ ...view, f: '', group: 'status' });
  expect(readListSearch({ ...differences(view, state) })).toEqual({ f: '', group: 'status' });
  expect(differences(view, view)).toEqual(
    Object.fromEntries(Object.keys(emptyView).map((key) => [key, undefined])),
  );
});

test('a view is changed by what it keeps, not by a search or an open panel', () => {
  expect(isChanged(view, { q: 'каско', peek: '1', view: 'mine' })).toBe(false);
  expect(isChanged(view, { f: 'status.is.draft' })).toBe(false);
  expect(isChanged(view, { f: '' })).toBe(true);
});

test('nonsense in an address is left out', () => {
  expect(readListSearch({ view: 7, f: ['x'], sort: {}, q: 79161234567, peek: '' })).toEqual({
    view: '7',
    q: '79161234567',
  });
  expect(readListSearch({ month: '2026-13' })).toEqual({});
  expect(readListSearch({ month: '2026-11' })).toEqual({ month: '2026-11' });
});

const known = [{ id: 'client' }, { id: 'title' }, { id: 'number', hidden: true }];

test('columns are chosen, ordered and resized in the address', () => {
  expect(parseColumns('', known).map(({ id }) => id)).toEqual(['client', 'title']);
  const chosen = parseColumns('number-9999.client.nope.client-80', known);

  expect(chosen).toEqual([{ id: 'number', hidden: true, resized: 800 }, { id: 'client' }]);
  expect(columnsText(chosen, false)).toBe('number-800.client');
  expect(columnsOfView(viewColumns('pin.number-800.client'))).toBe('pin.number-800.client');
  expect(viewColumns('pin.number-800')).toEqual(['pin', 'number.800']);
});

test('pinning alone leaves the columns as they are', () => {
  expect(isPinned('pin')).toBe(true);
  expect(isPinned('client.pin')).toBe(false);
  expect(parseColumns('pin', known).map(({ id }) => id)).toEqual(['client', 'title']);
});

test('a column moves by one and stays at the ends', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});
