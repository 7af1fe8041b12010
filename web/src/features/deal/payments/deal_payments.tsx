import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dealPaymentsQuery, type Payment } from '@/lib/data/payments';
import type { Deal } from '@/lib/types';
import { AddPayment, type PolicyChoice } from '@/parts/add_payment';
import { PaymentActions } from '@/parts/payment_actions';
import {
  dayText,
  moneyText,
  PaymentStatusChip,
  useVoidReason,
  Versions,
  Why,
} from '@/parts/payment_bits';
import { Button } from '@/ui/button';
import { cx } from '@/ui/cx';
import { Dialog, DialogBody } from '@/ui/dialog';
import { Plus } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';

/** Plan and fact of each policy on one time line. */
export function DealPayments({ deal }: { deal: Deal }) {
  const { t } = useTranslation('money');
  const { data, error, refetch } = useQuery(dealPaymentsQuery(deal.id));
  const [adding, setAdding] = useState(false);
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={6} />;
  const policies = policiesOf(data);
  if (policies.length === 0) {
    return <EmptyState title={t('deal_empty')} text={t('empty_text')} />;
  }
  const editable = data.some(({ can }) =>
    can?.some(({ action, allowed }) => action === 'update' && allowed),
  );
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-5">
      {editable && (
        <div>
          <Button icon={<Plus />} onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
      )}
      {policies.map((policy) => (
        <section key={policy.id} aria-label={policy.label} className="flex flex-col gap-2">
          <h2 className="text-head font-semibold">{policy.label}</h2>
          <ol className="flex flex-col divide-y divide-line rounded-card border border-line bg-raised">
            {data
              .filter(({ policy_id }) => policy_id === policy.id)
              .map((payment) => (
                <Row key={payment.id} payment={payment} />
              ))}
          </ol>
        </section>
      ))}
      {adding && <AddPayment policies={policies} onClose={() => setAdding(false)} />}
    </div>
  );
}

function policiesOf(payments: Payment[]): PolicyChoice[] {
  const found = new Map<string, PolicyChoice>();
  for (const { policy_id, policy_number, insurer_name, amount } of payments) {
    const label = [policy_number, insurer_name].filter(Boolean).join(' · ');
    found.set(policy_id, { id: policy_id, label, currency: amount.currency });
  }
  // What still waits for money comes first, then the newest.
  const last = (id: string) =>
    payments.reduce((day, { policy_id, planned_date, status, voided }) => {
      const open = !voided && (status === 'planned' || status === 'expected');
      const mark = `${open ? 1 : 0} ${planned_date}`;
      return policy_id === id && mark > day ? mark : day;
    }, '');
  return [...found.values()].sort((one, other) => last(other.id).localeCompare(last(one.id)));
}

function Row({ payment }: { payment: Payment }) {
  const { t } = useTranslation('money');
  const reasonOf = useVoidReason();
  const [shown, setShown] = useState<'why' | 'versions'>();
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5">
      <div className="flex items-center gap-x-3">
        <span className="tabular w-24 shrink-0 text-ink2 max-md:w-auto">
          {dayText(payment.actual_date || payment.planned_date)}
        </span>
        <Link
          to="/payments/$paymentId"
          params={{ paymentId: payment.id }}
          className="min-w-0 flex-1 truncate font-medium hover:underline"
        >
          {t(`type_is.${payment.type}`)}
        </Link>
        <span className="shrink-0 max-md:hidden">
          <PaymentStatusChip payment={payment} />
        </span>
        <span
          className={cx(
            'tabular shrink-0 text-right font-medium md:w-28',
            payment.voided && 'text-ink3 line-through',
          )}
        >
          {moneyText(payment.amount)}
        </span>
      </div>
      {payment.voided && <p className="text-small text-ink2">{reasonOf(payment.void_reason)}</p>}
      <div className="flex flex-wrap items-center gap-1 md:justify-end">
        <span className="mr-auto md:hidden">
          <PaymentStatusChip payment={payment} />
        </span>
        <PaymentActions payment={payment} />
        <Button variant="quiet" onPress={() => setShown('why')}>
          {t('why.title')}
        </Button>
        <Button variant="quiet" onPress={() => setShown('versions')}>
          {t('versions')}
        </Button>
      </div>
      {shown && (
        <Dialog
          title={shown === 'why' ? t('why.title') : t('versions')}
          onClose={() => setShown(undefined)}
        >
          <DialogBody>
            {shown === 'why' ? <Why id={payment.id} /> : <Versions id={payment.id} />}
          </DialogBody>
        </Dialog>
      )}
    </li>
  );
}
