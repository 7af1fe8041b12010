import { expect, test } from 'vitest';
import { filterText } from '@/lib/list/filter';
import { paymentsOf } from './behind_sum';

const whole = 'planned_date.between.2026-01-01.2026-12-31*voided.is.false';

test('a sum of a month, of a group or of all opens the payments that it is of', () => {
  expect(
    filterText(paymentsOf(2026, 'month', 'client_premium', 'received', { value: '2026-02' })),
  ).toBe(
    'type.is.client_premium*planned_date.between.2026-02-01.2026-02-28*voided.is.false*status.is.received.paid_out',
  );
  expect(
    filterText(paymentsOf(2026, 'product', 'commission_income', 'overdue', { value: 'kasko' })),
  ).toBe(`type.is.commission_income*${whole}*product.is.kasko*overdue.is.true`);
  expect(filterText(paymentsOf(2026, 'insurer_id', 'executor_fee', 'planned'))).toBe(
    `type.is.executor_fee*${whole}`,
  );
});
