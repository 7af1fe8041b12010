import { useInfiniteQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DayPayment, overduePaymentsQuery, toConfirmQuery } from '@/lib/data/day';
import type { Payment } from '@/lib/data/payments';
import { lazy } from '@/lib/lazy';
import { rowsOf } from '@/lib/list/resource';
import { useNumber } from '@/parts/deal_bits';
import { Button } from '@/ui/button';
import { ErrorState } from '@/ui/states';
import { PaymentRow } from './day_row';

const MoveDialog = lazy(() =>
  import('@/parts/payment_dialogs').then(({ MoveDialog }) => ({ default: MoveDialog })),
);

/** What finance begins the day with: money to be confirmed, and money that did not come. */
export function ToConfirm() {
  return (
    <>
      <Payments what="confirm" query={toConfirmQuery} />
      <Payments what="late_money" query={overduePaymentsQuery} />
    </>
  );
}

interface PaymentsProps {
  what: 'confirm' | 'late_money';
  query: typeof toConfirmQuery;
}
function Payments({ what, query }: PaymentsProps) {
  const { t } = useTranslation(['today', 'common']);
  const number = useNumber();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(query);
  const [asked, setAsked] = useState<DayPayment>();
  if (error && !data) return <ErrorState failure={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const rows = data.pages.flatMap((page) => rowsOf<DayPayment>('payments', page));
  return (
    <section aria-labelledby={what} className="pt-4">
      <h2 id={what} className="mb-1 flex items-center gap-2 text-head max-md:px-4">
        {t(`today:${what}`)}
        <span className="tabular text-small font-normal text-ink3">
          {number(data.pages[0]?.total_size ?? rows.length)}
        </span>
      </h2>
      {rows.length === 0 && <p className="text-ink2 max-md:px-4">{t(`today:${what}_empty`)}</p>}
      <ul className="divide-y divide-line">
        {rows.map((payment) => (
          <PaymentRow
            key={payment.id}
            item={{ kind: 'payment', id: payment.id, day: payment.planned_date, payment }}
            confirm={() => setAsked(payment)}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="quiet" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {t('common:next_page')}
        </Button>
      )}
      <Suspense>
        {asked && (
          <MoveDialog
            payment={asked as Payment}
            status="received"
            onClose={() => setAsked(undefined)}
          />
        )}
      </Suspense>
    </section>
  );
}
