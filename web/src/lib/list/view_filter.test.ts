import { expect, test } from 'vitest';
import { type FieldType, parseFilter } from './filter';
import { parseViewFilter, viewFilter } from './view_filter';

const fields: FieldType[] = [
  { id: 'status', kind: 'enum' },
  { id: 'lead', kind: 'person', name: 'lead_agent_id', optional: true },
  { id: 'title', kind: 'text' },
  { id: 'due', kind: 'date', name: 'due_on', optional: true },
  { id: 'premium', kind: 'money' },
  { id: 'archived', kind: 'boolean' },
];

test.each([
  ['', ''],
  ['status.is.draft', 'status = "draft"'],
  [
    'status.is.draft.issuance*lead.is.me',
    'status = ("draft" OR "issuance") AND lead_agent_id = me()',
  ],
  ['lead.is.team', 'lead_agent_id = my_team()'],
  ['lead.not.team.me', 'NOT lead_agent_id = (my_team() OR me())'],
  ['status.not.closed*due.before.today', 'NOT status = "closed" AND due_on < today()'],
  ['due.between.today.%2B30', 'due_on >= today() AND due_on <= days(30)'],
  [
    'due.between.-7.today*lead.empty',
    'due_on >= days(-7) AND due_on <= today() AND NOT lead_agent_id:*',
  ],
  [
    'due.between.month_start.month_end~archived.is.true~lead.not.me.x',
    '((due_on >= month_start() AND due_on <= month_end()) OR archived = true OR ' +
      'NOT lead_agent_id = (me() OR "x"))',
  ],
  ['premium.from.100%2e50*due.is.2026-12-01', 'premium >= 100.50 AND due_on = "2026-12-01"'],
  ['title.has.%22A%22%20OR%20(%5Cb)%20AND', 'title : "\\"A\\" OR (\\\\b) AND"'],
])('%s', (text, aip) => {
  const filter = parseFilter(text, fields);

  expect(viewFilter(filter, fields)).toBe(aip);
  expect(parseViewFilter(aip, fields)).toEqual(filter);
});

test('a filter that somebody else wrote is read as far as chips can say it', () => {
  expect(
    parseViewFilter('status != "closed" AND nothing = 5 AND due_on >= today()', fields),
  ).toEqual([
    [{ field: 'status', op: 'not', values: ['closed'] }],
    [{ field: 'due', op: 'from', values: ['today'] }],
  ]);
  expect(parseViewFilter('(((', fields)).toEqual([]);
});
