import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { dueField, usePostponeDeal } from '@/lib/data/deals';
import { addDays, type Day } from '@/lib/dates';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import { type Deal, may } from '@/lib/types';
import { Menu, type MenuAction } from '@/ui/menu';
import { dayText } from './deal_bits';

const PickDialog = lazy(() =>
  import('./postpone_dialog').then(({ PickDialog }) => ({ default: PickDialog })),
);

const picking = createStore<{ deal: Deal; done: boolean } | undefined>(undefined);
export const postponeTo = (deal: Deal) => picking.set({ deal, done: false });
export const finishStep = (deal: Deal) => picking.set({ deal, done: true });

export const mayPostpone = (deal: Deal) => deal.status !== 'closed' && may(deal, 'update');

export function usePostpone() {
  const { t } = useTranslation('deals');
  const { today } = useSession();
  const postpone = usePostponeDeal();
  return (deal: Deal, day: Day | null) => {
    const before = deal.deadline?.date ?? null;
    // The row changes its group with the date, so the promise is what survives to say it.
    postpone
      .mutateAsync({ deal, day })
      .then((saved) => {
        const field = dueField(deal);
        const undo = () => postpone.mutate({ deal: saved, day: before, field });
        toast(day ? t('postponed', { date: dayText(day, today) }) : t('postponed_none'), { undo });
      })
      .catch(() => {});
  };
}

interface PostponeMenuProps {
  deal: Deal;
  trigger: ReactNode;
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
}
/** One click moves what made the deal due. */
export function PostponeMenu({ deal, trigger, ...open }: PostponeMenuProps) {
  const { t } = useTranslation('deals');
  return (
    <Menu {...open} label={t('postpone')} trigger={trigger} actions={usePostponeActions(deal)} />
  );
}

export function usePostponeActions(deal: Deal): (MenuAction | 'line')[] {
  const { t } = useTranslation('deals');
  const { today } = useSession();
  const postpone = usePostpone();
  const to = (id: 'tomorrow' | 'plus3' | 'week', days: number) => ({
    id,
    label: t(`postpone_to.${id}`),
    detail: dayText(addDays(today, days), today),
    run: () => postpone(deal, addDays(today, days)),
  });
  return [
    to('tomorrow', 1),
    to('plus3', 3),
    to('week', 7),
    'line',
    { id: 'date', label: t('postpone_to.date'), run: () => postponeTo(deal) },
  ];
}

/** Stands once on a screen that postpones deals. */
export function PostponeDialog() {
  const asked = useStore(picking);
  if (!asked) return null;
  return (
    <Suspense>
      <PickDialog key={asked.deal.id} {...asked} onClose={() => picking.set(undefined)} />
    </Suspense>
  );
}
