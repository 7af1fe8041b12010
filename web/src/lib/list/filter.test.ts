import { expect, test } from 'vitest';
import { compileFilter } from './compile';
import { type FieldType, type Filter, filterText, parseFilter, withCondition } from './filter';

const fields: FieldType[] = [
  { id: 'status', kind: 'enum' },
  { id: 'lead_agent_id', kind: 'person' },
  { id: 'executor_id', kind: 'person', optional: true },
  { id: 'title', kind: 'text' },
  { id: 'due', kind: 'date', name: 'due_on', optional: true },
  { id: 'created_at', kind: 'instant' },
  { id: 'premium', kind: 'money' },
  { id: 'archived', kind: 'boolean' },
  { id: 'actor_id', kind: 'person', teamless: true },
];
const around = { me: 'me-id', today: '2026-11-23', timeZone: 'Europe/Moscow' };
const compiled = (text: string) => compileFilter(parseFilter(text, fields), fields, around);

test('a filter survives the way through the address', () => {
  const filter: Filter = [
    [{ field: 'status', op: 'is', values: ['draft', 'issuance'] }],
    [
      { field: 'title', op: 'has', values: ['КАСКО. "A*B" ~ (100 %)'] },
      { field: 'lead_agent_id', op: 'not', values: ['me'] },
    ],
    [{ field: 'executor_id', op: 'empty', values: [] }],
  ];

  const text = filterText(filter);

  expect(parseFilter(text, fields)).toEqual(filter);
  expect(text).not.toMatch(/[ "]/);
});

test('nonsense in an address is left out, the rest holds', () => {
  const text = 'nope.is.x*status.like.draft*status.empty*title.has*due.is.%E0%A4%A*status.is.draft';

  expect(parseFilter(text, fields)).toEqual([[{ field: 'status', op: 'is', values: ['draft'] }]]);
});

test.each([
  ['status.is.draft', 'status = "draft"'],
  ['status.is.draft.issuance', '(status = "draft" OR status = "issuance")'],
  ['status.not.closed.active', 'status != "closed" AND status != "active"'],
  ['lead_agent_id.is.me', 'lead_agent_id = "me-id"'],
  ['lead_agent_id.is.team', 'lead_agent_id = my_team()'],
  ['lead_agent_id.not.team.x', 'lead_agent_id != my_team() AND lead_agent_id != "x"'],
  ['actor_id.is.team', 'actor_id = "team"'],
  ['executor_id.empty', 'NOT executor_id:*'],
  ['executor_id.some', 'executor_id:*'],
  ['title.has.a%22%20OR%20b', 'title : "a\\" OR b"'],
  ['archived.is.true', 'archived = true'],
  ['premium.between.100%2e50.900', 'premium >= 100.50 AND premium <= 900'],
  ['due.before.today', 'due_on < "2026-11-23"'],
  ['due.between.today.+30', 'due_on >= "2026-11-23" AND due_on <= "2026-12-23"'],
  ['due.between.month_start.month_end', 'due_on >= "2026-11-01" AND due_on <= "2026-11-30"'],
  ['due.is.-1', 'due_on = "2026-11-22"'],
  [
    'created_at.is.today',
    'created_at >= "2026-11-22T21:00:00.000Z" AND created_at < "2026-11-23T21:00:00.000Z"',
  ],
  ['created_at.after.2026-11-20', 'created_at >= "2026-11-20T21:00:00.000Z"'],
  [
    'status.is.draft~due.before.today*archived.is.false',
    '(status = "draft" OR due_on < "2026-11-23") AND archived = false',
  ],
  [
    'status.not.closed.active~due.between.today.%2B7',
    '((status != "closed" AND status != "active") OR ' +
      '(due_on >= "2026-11-23" AND due_on <= "2026-11-30"))',
  ],
])('%s', (text, filter) => {
  expect(compiled(text)).toBe(filter);
});

test('a day that is none is left out of the call', () => {
  expect(compiled('due.is.yesterdayish*status.is.draft')).toBe('status = "draft"');
});

test('a condition takes the place of those about the same field alone', () => {
  const filter = parseFilter(
    'due.from.today*due.to.%2B30*status.is.draft*due.empty~status.is.x',
    fields,
  );

  const day = withCondition(filter, { field: 'due', op: 'is', values: ['2026-12-01'] });

  expect(filterText(day)).toBe('due.is.2026-12-01*status.is.draft*due.empty~status.is.x');
});
