import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTransitionDeal } from '@/lib/data/deals';
import { lazy } from '@/lib/lazy';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import type { Deal, DealStatus } from '@/lib/types';
import { asksFor, returnable } from './deal_rules';

interface Asked {
  deal: Deal;
  status: DealStatus;
}
/** What a step is given with it. */
interface Answers {
  reason?: string;
  executor_id?: string;
  calculation_id?: string;
}
const asked = createStore<Asked | undefined>(undefined);

/** Moves a deal, asking first for what the step needs. One request carries both. */
export function useMoveDeal() {
  const { t } = useTranslation(['deals', 'common']);
  const transition = useTransitionDeal();
  return (deal: Deal, status: DealStatus, more: Answers = {}) => {
    if (asksFor(deal, status) && Object.keys(more).length === 0) {
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

const QuoteDialog = lazy(() =>
  import('./quote_dialog').then(({ QuoteDialog }) => ({ default: QuoteDialog })),
);

/** Stands once on a screen that moves deals; cancelling leaves the deal where it was. */
export function TransitionDialog() {
  const question = useStore(asked);
  const move = useMoveDeal();
  if (!question) return null;
  const close = () => asked.set(undefined);
  const answer = (more: Answers) => {
    close();
    move(question.deal, question.status, more);
  };
  const needs = asksFor(question.deal, question.status);
  return (
    <Suspense>
      {needs === 'reason' && (
        <ReasonDialog
          deal={question.deal}
          onClose={close}
          onAnswer={(text) => answer({ reason: text })}
        />
      )}
      {needs === 'executor' && (
        <ExecutorDialog onClose={close} onAnswer={(executor_id) => answer({ executor_id })} />
      )}
      {needs === 'quote' && (
        <QuoteDialog
          deal={question.deal}
          onClose={close}
          onAnswer={(calculation_id) => answer({ calculation_id })}
        />
      )}
    </Suspense>
  );
}
