import { expect, test } from 'vitest';
import type { Payment } from '@/lib/data/payments';
import type { Policy } from '@/lib/data/policies';
import { moneyOf } from './deal_money';

const rub = (amount: string) => ({ amount, currency: 'RUB' });
const policy = (id: string, status: string, premium: string) =>
  ({ id, status, premium: rub(premium) }) as unknown as Policy;
const payment = (policy_id: string, type: string, status: string, amount: string, on: string) =>
  ({ policy_id, type, status, amount: rub(amount), planned_date: on }) as unknown as Payment;

test('a deal is worth what its policies in force are', () => {
  const sums = moneyOf(
    [policy('a', 'active', '100.00'), policy('b', 'closed', '900.00')],
    [
      payment('a', 'client_premium', 'paid_out', '40.50', '2026-01-01'),
      payment('a', 'client_premium', 'expected', '59.50', '2026-07-01'),
      payment('a', 'commission_income', 'planned', '18.00', '2026-02-01'),
      { ...payment('a', 'commission_income', 'planned', '7.00', '2026-02-01'), voided: true },
      payment('b', 'client_premium', 'received', '900.00', '2025-01-01'),
    ],
  );

  expect(sums).toEqual({
    premium: rub('100.00'),
    commission: rub('18.00'),
    paid: rub('40.50'),
    next: '2026-07-01',
  });
});

test('without a policy in force there is nothing to sum', () => {
  expect(moneyOf([policy('b', 'draft', '900.00')], [])).toBeUndefined();
});
