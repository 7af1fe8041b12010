import { useTranslation } from 'react-i18next';
import { type BatchItem, movePayments, type Payment } from '@/lib/data/payments';
import { lazy } from '@/lib/lazy';
import type { BatchDone } from '@/lib/list/batch';
import { useRole } from '@/lib/session';
import { may } from '@/lib/types';
import type { BulkOf } from '@/parts/list/types';
import { mayConfirmMoney } from '@/parts/rights';
import { Check } from '@/ui/icons';
import type { Confirmed } from './confirm_dialog';

const ConfirmDialog = lazy(() =>
  import('./confirm_dialog').then(({ ConfirmDialog }) => ({ default: ConfirmDialog })),
);

/** What can be done with many payments at once: said to be expected, confirmed as received. */
export function usePaymentBulk(): BulkOf<Payment>[] {
  const role = useRole();
  const expect = useExpect();
  const confirm = useConfirm();
  if (role === 'head') return [];
  return mayConfirmMoney(role) ? [expect, confirm] : [expect];
}

function useExpect(): BulkOf<Payment> {
  const { t } = useTranslation('money');
  return {
    id: 'expect',
    label: t('move_to.expected'),
    careful: true,
    skip: (payment) =>
      payment.status === 'planned' && payment.allowed_statuses?.includes('expected')
        ? undefined
        : t('skip_not_planned'),
    run: (rows) => move('expected', rows, {}, []),
  };
}

/** Money is confirmed by finance alone: to others each row shows a lock that says so. */
function useConfirm(): BulkOf<Payment> {
  const { t } = useTranslation('money');
  return {
    id: 'confirm',
    label: t('confirm_receipt'),
    icon: <Check />,
    careful: true,
    skip: (payment) => {
      if (!may(payment, 'confirm')) return t('only_finance');
      return payment.status === 'expected' && !payment.voided ? undefined : t('skip_not_expected');
    },
    ask: ({ rows, onAnswer, onClose }) => (
      <ConfirmDialog
        payments={rows}
        onClose={onClose}
        onConfirm={(confirmed) => onAnswer(JSON.stringify(confirmed))}
      />
    ),
    run: (rows, answer) => {
      const { actual_date, note, amounts } = JSON.parse(answer) as Confirmed;
      const more = { actual_date, ...(note && { note }) };
      return move('received', rows, more, amounts, t('batch_return_note'));
    },
  };
}

/** Moves rows one step; what was received can be stepped back as a whole, with a note that says so. */
async function move(
  status: 'expected' | 'received',
  rows: Payment[],
  more: { actual_date?: string; note?: string },
  amounts: Confirmed['amounts'],
  returnNote = '',
): Promise<BatchDone> {
  const items = rows.map(({ id, version, amount }) => {
    const came = amounts.find((item) => item.id === id);
    const differs = came && came.amount !== amount.amount;
    return {
      id,
      version,
      ...(differs && { amount: { amount: came.amount, currency: amount.currency } }),
    };
  });
  const moved = await send(status, items, more);
  const back = moved.done.map(({ id, version }) => ({ id, version }));
  const undo = () => send('expected', back, { note: returnNote });
  return {
    results: moved.results,
    ...(status === 'received' && back.length > 0 && { undo }),
  };
}

async function send(
  status: 'expected' | 'received',
  items: BatchItem[],
  more: { actual_date?: string; note?: string },
) {
  const { results = [] } = await movePayments(status, items, more);
  return {
    results: results.map(({ id = '', ok = false, error }) => ({ id, ok, code: error })),
    done: results.flatMap(({ payment }) => (payment ? [payment] : [])),
  };
}
