import { expect, test } from 'vitest';
import { readDealsSearch } from './search';
import { dealsQuery, viewFilter } from './views';

const around = { me: 'me-id', today: '2026-11-23' };

test('the address survives nonsense', () => {
  expect(
    readDealsSearch({ view: 'nope', layout: 'table', sort: 'title; drop', q: 79161234567 }),
  ).toEqual({
    layout: 'table',
    q: '79161234567',
  });
});

test('a view and its filters become one query', () => {
  const query = dealsQuery({ view: 'mine', lead: 'me', deadline: 'week', q: 'каско' }, around);

  expect(query).toEqual({
    filter:
      'member_id = "me-id" AND status != "closed" AND lead_agent_id = "me-id" AND ' +
      'deadline_on >= "2026-11-23" AND deadline_on <= "2026-11-30"',
    q: 'каско',
    order_by: 'deadline_on',
  });
});

test('values in a filter are quoted', () => {
  expect(dealsQuery({ view: 'all', lead: 'a" OR "b' }, around).filter).toBe(
    'lead_agent_id = "a\\" OR \\"b"',
  );
});

test('everything has no filter', () => {
  expect(viewFilter('all', around)).toBeUndefined();
});
