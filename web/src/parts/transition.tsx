import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTransitionDeal } from '@/lib/data/deals';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import type { Deal, DealStatus } from '@/lib/types';
import { asksFor, returnable } from './deal_rules';

interface Asked {
  deal: Deal;
  status: DealStatus;
}
const asked = createStore<Asked | undefined>(undefined);

/** Moves a deal, asking first for what the step needs. One request carries both. */
export function useMoveDeal() {
  const { t } = useTranslation(['deals', 'common']);
  const transition = useTransitionDeal();
  return (deal: Deal, status: DealStatus, more: { reason?: string; executor_id?: string } = {}) => {
    if (asksFor(deal, status) && !more.reason && !more.executor_id) {
      asked.set({ deal, status });
      return;
    }
    const from = deal.status;
    // The card leaves its column with the move, so the promise is what survives to say it.
    transition
      .mutateAsync({ deal, status, ...more })
      .then((moved) => {
        const back = returnable(from, status)
          ? () => transition.mutate({ deal: moved, status: from })
          : undefined;
        toast(t('deals:moved', { status: t(`deals:status_is.${status}`) }), { undo: back });
      })
      .catch(() => {});
  };
}

const ReasonDialog = lazy(() =>
  import('./transition_dialogs').then(({ ReasonDialog }) => ({ default: ReasonDialog })),
);
const ExecutorDialog = lazy(() =>
  import('./transition_dialogs').then(({ ExecutorDialog }) => ({ default: ExecutorDialog })),
);

/** Stands once on a screen that moves deals; cancelling leaves the deal where it was. */
export function TransitionDialog() {
  const question = useStore(asked);
  const move = useMoveDeal();
  if (!question) return null;
  const close = () => asked.set(undefined);
  const answer = (more: { reason?: string; executor_id?: string }) => {
    close();
    move(question.deal, question.status, more);
  };
  const reason = asksFor(question.deal, question.status) === 'reason';
  return (
    <Suspense>
      {reason ? (
        <ReasonDialog
          deal={question.deal}
          onClose={close}
          onAnswer={(text) => answer({ reason: text })}
        />
      ) : (
        <ExecutorDialog onClose={close} onAnswer={(executor_id) => answer({ executor_id })} />
      )}
    </Suspense>
  );
}
