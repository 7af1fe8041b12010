import { expect, test } from 'vitest';
import { loadOf } from './load';

const groups = (counts: Record<string, number>) => ({
  groups: Object.entries(counts).map(([value, count]) => ({ value, count })),
});

test('whose things are late stands first, then who has most', () => {
  const loads = loadOf({
    deals: groups({ ann: 12, bob: 3, eve: 40 }),
    late: groups({ bob: 1 }),
    tasks: groups({ ann: 4, bob: 5, leo: 2 }),
    tasks_late: groups({ bob: 1, leo: 2 }),
  });

  expect(loads.map(({ id }) => id)).toEqual(['bob', 'leo', 'eve', 'ann']);
  expect(loads[0]).toEqual({ id: 'bob', deals: 3, late: 1, tasks: 5, tasks_late: 1 });
});

test('what is nobody’s, or not yet answered, is no load', () => {
  const none = { late: undefined, tasks: undefined, tasks_late: undefined };
  expect(loadOf({ deals: groups({ '': 7 }), ...none })).toEqual([]);
  expect(loadOf({ deals: undefined, ...none })).toEqual([]);
});
