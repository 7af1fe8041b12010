import { useTranslation } from 'react-i18next';
import { dueKind } from '@/lib/dates';
import { useSession } from '@/lib/session';
import type { Deal } from '@/lib/types';
import { Due, isWho, useMoveText } from '@/parts/deal_bits';
import { finishStep, mayPostpone, PostponeMenu, postponeTo } from '@/parts/postpone';
import { Avatar } from '@/ui/avatar';
import { Button } from '@/ui/button';
import { cx } from '@/ui/cx';
import { Check, ChevronDown } from '@/ui/icons';

/** What is next, whose move it is, and by when. */
export function NextMove({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals');
  const { today } = useSession();
  const moveText = useMoveText();
  if (deal.status === 'closed') {
    return (
      <p className="border-b border-line bg-idle-soft px-5 py-3 text-ink2 max-md:px-4">
        {t('lost_reason')}: {deal.lost_reason || '—'}
      </p>
    );
  }
  const { deadline } = deal;
  const kind = deadline && dueKind(deadline.date, today);
  const who = isWho(deadline?.waiting_on) ? deadline.waiting_on : undefined;
  return (
    <div
      className={cx(
        'flex min-h-14 shrink-0 flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 max-md:px-4',
        kind === 'overdue' && 'bg-bad-soft',
        kind === 'today' && 'bg-warn-soft',
        (!kind || kind === 'tomorrow' || kind === 'soon' || kind === 'later') && 'bg-canvas',
      )}
    >
      {deadline?.assignee_name && <Avatar name={deadline.assignee_name} />}
      <div className="min-w-0 flex-1 max-md:basis-2/3">
        <p className="text-head font-medium">{moveText(deal)}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-small text-ink2">
          {who && t('move_who', { who: t(`who.${who}`).toLowerCase() })}
          {deadline && <Due day={deadline.date} />}
        </p>
      </div>
      {mayPostpone(deal) &&
        (deadline ? (
          <>
            <Button icon={<Check />} onPress={() => finishStep(deal)}>
              {t('done')}
            </Button>
            <PostponeMenu
              deal={deal}
              trigger={
                <Button variant="quiet">
                  {t('postpone')}
                  <ChevronDown />
                </Button>
              }
            />
          </>
        ) : (
          <Button onPress={() => postponeTo(deal)}>{t('next_step_set')}</Button>
        ))}
    </div>
  );
}
