import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTransitionDeal } from '@/lib/data/deals';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import type { Deal, DealStatus } from '@/lib/types';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { asksFor, returnable } from './deal_rules';
import { PersonSelect, rolesOf } from './person_select';

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
    transition.mutate(
      { deal, status, ...more },
      {
        onSuccess: (moved) => {
          const back = returnable(from, status)
            ? () => transition.mutate({ deal: moved, status: from })
            : undefined;
          toast(t('deals:moved', { status: t(`deals:status_is.${status}`) }), { undo: back });
        },
      },
    );
  };
}

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
  return asksFor(question.deal, question.status) === 'reason' ? (
    <ReasonDialog deal={question.deal} onClose={close} onAnswer={(reason) => answer({ reason })} />
  ) : (
    <ExecutorDialog onClose={close} onAnswer={(executor_id) => answer({ executor_id })} />
  );
}

interface ReasonDialogProps {
  deal: Deal;
  onClose: () => void;
  onAnswer: (reason: string) => void;
}
function ReasonDialog({ deal, onClose, onAnswer }: ReasonDialogProps) {
  const { t } = useTranslation('deals');
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog
      title={t('closing_title', { title: deal.title })}
      submit={t('close_submit')}
      tone="danger"
      onClose={onClose}
      onSubmit={() => (reason.trim() ? onAnswer(reason.trim()) : setMissing(true))}
    >
      <p className="text-ink2">{t('closing_text')}</p>
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={(text) => {
          setReason(text);
          setMissing(false);
        }}
        placeholder={t('reason_hint')}
        error={missing ? t('reason_required') : undefined}
        maxLength={500}
        autoFocus
      />
    </FormDialog>
  );
}

interface ExecutorDialogProps {
  onClose: () => void;
  onAnswer: (id: string) => void;
}
function ExecutorDialog({ onClose, onAnswer }: ExecutorDialogProps) {
  const { t } = useTranslation('deals');
  const [id, setId] = useState<string>();
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog
      title={t('executor_title')}
      submit={t('executor_submit')}
      onClose={onClose}
      onSubmit={() => (id ? onAnswer(id) : setMissing(true))}
    >
      <p className="text-ink2">{t('executor_text')}</p>
      <PersonSelect
        label={t('executor')}
        roles={rolesOf.executor}
        value={id}
        onChange={(chosen) => {
          setId(chosen);
          setMissing(false);
        }}
        error={missing ? t('executor_required') : undefined}
        autoFocus
      />
    </FormDialog>
  );
}
