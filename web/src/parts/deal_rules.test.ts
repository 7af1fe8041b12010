import { expect, test } from 'vitest';
import type { Deal } from '@/lib/types';
import { asksFor, refusal, returnable } from './deal_rules';

const deal = (more: Partial<Deal>): Deal => ({
  id: '1',
  number: '2026-000001',
  client_id: '2',
  title: 'КАСКО',
  status: 'draft',
  version: 1,
  calculation_count: 0,
  ready_calculation_count: 0,
  chosen_calculation_count: 0,
  allowed_statuses: ['calculation', 'closed'],
  ...more,
});

test('a column takes what the server would take', () => {
  expect(refusal(deal({}), 'calculation')).toBeUndefined();
  expect(refusal(deal({}), 'closed')).toBeUndefined();
});

test('a refusal says why', () => {
  expect(refusal(deal({}), 'draft')).toBe('same');
  expect(refusal(deal({}), 'active')).toBe('active');
  expect(refusal(deal({}), 'client_decision')).toBe('client_decision');
  expect(refusal(deal({ status: 'closed', allowed_statuses: [] }), 'draft')).toBe(
    'closed_is_final',
  );
  expect(refusal(deal({ allowed_statuses: [] }), 'calculation')).toBe('no_right');
});

test('a drop asks for what the step needs before it is saved', () => {
  expect(asksFor(deal({}), 'calculation')).toBe('executor');
  expect(asksFor(deal({ executor_id: '3' }), 'calculation')).toBeUndefined();
  expect(asksFor(deal({}), 'closed')).toBe('reason');
  expect(asksFor(deal({ status: 'calculation' }), 'client_decision')).toBeUndefined();
  const deciding = { status: 'client_decision' as const, ready_calculation_count: 2 };
  expect(asksFor(deal(deciding), 'issuance')).toBe('quote');
  expect(asksFor(deal({ ...deciding, chosen_calculation_count: 1 }), 'issuance')).toBeUndefined();
});

test('only the middle steps have a way back', () => {
  expect(returnable('calculation', 'client_decision')).toBe(true);
  expect(returnable('issuance', 'client_decision')).toBe(true);
  expect(returnable('draft', 'calculation')).toBe(false);
  expect(returnable('issuance', 'closed')).toBe(false);
});
