import { expect, test } from 'vitest';
import { viewLayouts } from '@/lib/data/views';
import { viewOfState } from './use_views';

const state = { f: '', sort: 'due', group: '', cols: '' };

test.each(viewLayouts)('a view keeps how its list is drawn: %s', (layout) => {
  expect(viewOfState({ ...state, layout }, []).layout).toBe(layout);
});

test('a drawing that the API does not know is kept as a table', () => {
  expect(viewOfState({ ...state, layout: 'timeline' }, []).layout).toBe('table');
});

test('what moves with the day and the reader is kept by name', () => {
  const fields = [{ id: 'assignee_id', kind: 'person' as const }];
  const kept = viewOfState({ ...state, f: 'assignee_id.is.team.me', layout: 'week' }, fields);

  expect(kept.filter).toBe('assignee_id = (my_team() OR me())');
});
