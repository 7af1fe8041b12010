import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Calculation,
  type CalculationStatus,
  useCopyCalculation,
  useMoveCalculation,
} from '@/lib/data/calculations';
import { messageOf, toastFailure } from '@/lib/messages';
import { toast } from '@/lib/toast';
import { may } from '@/lib/types';
import { RecordHistory } from '@/parts/history';
import { Button, IconButton } from '@/ui/button';
import { Dialog, DialogBody } from '@/ui/dialog';
import { More } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';

/** Steps that the domain can take back, and where they go back to. */
const back: Partial<Record<CalculationStatus, CalculationStatus[]>> = {
  ready: ['draft', 'chosen'],
  chosen: ['ready'],
  draft: ['ready'],
  declined: ['draft'],
};

interface QuoteActionsProps {
  quote: Calculation;
  dealId: string;
  onEdit: (quote: Calculation) => void;
}
export function QuoteActions(props: QuoteActionsProps) {
  const [history, setHistory] = useState(false);
  return (
    <>
      <QuoteSteps {...props} onHistory={() => setHistory(true)} />
      {history && <QuoteHistory quote={props.quote} onClose={() => setHistory(false)} />}
    </>
  );
}

function QuoteSteps(props: QuoteActionsProps & { onHistory: () => void }) {
  const { quote, dealId, onEdit, onHistory } = props;
  const { t } = useTranslation(['calculations', 'common']);
  const navigate = useNavigate();
  const step = useMoveCalculation(dealId);
  const copy = useCopyCalculation(dealId);
  const allowed = quote.allowed_statuses ?? [];
  const move = (status: CalculationStatus) =>
    step.mutate(
      { quote, status },
      {
        onSuccess: (moved) => {
          const from = quote.status;
          const returns = back[status]?.includes(from) && moved.allowed_statuses?.includes(from);
          toast(t(`calculations:moved.${status}`, { insurer: quote.insurer_name ?? '' }), {
            undo: returns ? () => step.mutate({ quote: moved, status: from }) : undefined,
          });
        },
        onError: toastFailure,
      },
    );
  const issue = () =>
    void navigate({
      to: '/deals/$dealId',
      params: { dealId },
      search: { tab: 'policies', issue: quote.id },
    });
  if (!may(quote, 'update')) {
    return (
      <Button variant="quiet" onPress={onHistory}>
        {t('calculations:history')}
      </Button>
    );
  }

  const steps: MenuAction[] = (['draft', 'ready', 'chosen', 'declined'] as const)
    .filter((status) => allowed.includes(status))
    .map((status) => ({
      id: status,
      label: t(
        `calculations:step.${quote.status === 'chosen' && status === 'ready' ? 'unchoose' : status}`,
      ),
      bad: status === 'declined',
      run: () => move(status),
    }));
  const actions: (MenuAction | 'line')[] = [
    { id: 'edit', label: t('common:edit'), run: () => onEdit(quote) },
    {
      id: 'copy',
      label: t('calculations:copy'),
      run: () =>
        copy.mutate(quote, {
          onSuccess: (made) => onEdit(made),
          onError: (failure) => toast(messageOf(failure), { tone: 'bad' }),
        }),
    },
    { id: 'history', label: t('calculations:history'), run: onHistory },
    'line',
    ...steps,
  ];
  return (
    <span className="flex items-center gap-1.5">
      {quote.status === 'chosen' ? (
        <Button variant="primary" className="min-w-0 flex-1" onPress={issue}>
          {t('calculations:issue')}
        </Button>
      ) : (
        <NextStep quote={quote} onMove={move} onEdit={onEdit} busy={step.isPending} />
      )}
      <Menu
        label={t('calculations:more', { insurer: quote.insurer_name ?? '' })}
        trigger={
          <IconButton label={t('calculations:more', { insurer: quote.insurer_name ?? '' })}>
            <More />
          </IconButton>
        }
        actions={actions}
      />
    </span>
  );
}

/** Who changed what of the quote, and when. */
function QuoteHistory({ quote, onClose }: { quote: Calculation; onClose: () => void }) {
  const { t } = useTranslation('calculations');
  return (
    <Dialog title={t('history_of', { insurer: quote.insurer_name ?? '' })} onClose={onClose} wide>
      <DialogBody>
        <RecordHistory entityType="calculation" id={quote.id} />
      </DialogBody>
    </Dialog>
  );
}

interface NextStepProps {
  quote: Calculation;
  onMove: (status: CalculationStatus) => void;
  onEdit: (quote: Calculation) => void;
  busy: boolean;
}
/** The one step that is most likely next; an incomplete draft is filled in first. */
function NextStep({ quote, onMove, onEdit, busy }: NextStepProps) {
  const { t } = useTranslation('calculations');
  const next = quote.status === 'draft' ? 'ready' : quote.status === 'ready' ? 'chosen' : 'draft';
  const possible = quote.allowed_statuses?.includes(next);
  const fill = quote.status === 'draft' && !possible;
  return (
    <Button
      className="min-w-0 flex-1"
      isPending={busy}
      onPress={() => (fill ? onEdit(quote) : onMove(next))}
    >
      {t(`step.${fill ? 'fill' : next}`)}
    </Button>
  );
}
