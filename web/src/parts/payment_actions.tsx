import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBack, type Payment, type PaymentStatus, useMovePayment } from '@/lib/data/payments';
import { lazy } from '@/lib/lazy';
import { toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { Button } from '@/ui/button';
import { Lock } from '@/ui/icons';

const dialogs = () => import('./payment_dialogs');
const MoveDialog = lazy(() => dialogs().then(({ MoveDialog }) => ({ default: MoveDialog })));
const VoidDialog = lazy(() => dialogs().then(({ VoidDialog }) => ({ default: VoidDialog })));
const EditPayment = lazy(() => dialogs().then(({ EditPayment }) => ({ default: EditPayment })));

type Asked = { what: 'edit' | 'void' } | { what: 'move'; status: PaymentStatus };

/** What may be done with a payment now; who may not confirm sees who can. */
export function PaymentActions({ payment }: { payment: Payment }) {
  const { t } = useTranslation(['money', 'common']);
  const [asked, setAsked] = useState<Asked>();
  const move = useMovePayment();
  const steps = payment.allowed_statuses ?? [];
  const locked = payment.status === 'expected' && !payment.voided && !may(payment, 'confirm');
  const step = (status: PaymentStatus) => {
    if (status === 'received' || isBack(payment, status)) setAsked({ what: 'move', status });
    else
      move.mutate(
        { payment, status },
        { onSuccess: () => toast(t('money:saved')), onError: toastFailure },
      );
  };
  const close = () => setAsked(undefined);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {steps.map((status) => {
        const back = isBack(payment, status);
        const words = back ? t(`money:back_to.${status}`) : t(`money:move_to.${status}`);
        return (
          <Button
            key={status}
            variant={back ? 'quiet' : 'plain'}
            isPending={move.isPending}
            onPress={() => step(status)}
          >
            {words}
          </Button>
        );
      })}
      {locked && (
        <span className="inline-flex items-center gap-1 text-small text-ink2">
          <Lock />
          {t('money:only_finance')}
        </span>
      )}
      {may(payment, 'update') && (
        <Button variant="quiet" onPress={() => setAsked({ what: 'edit' })}>
          {t('common:edit')}
        </Button>
      )}
      {may(payment, 'void') && (
        <Button variant="quiet" onPress={() => setAsked({ what: 'void' })}>
          {t('money:void')}
        </Button>
      )}
      <Suspense>
        {asked?.what === 'edit' && <EditPayment payment={payment} onClose={close} />}
        {asked?.what === 'void' && <VoidDialog payment={payment} onClose={close} />}
        {asked?.what === 'move' && (
          <MoveDialog payment={payment} status={asked.status} onClose={close} />
        )}
      </Suspense>
    </div>
  );
}
