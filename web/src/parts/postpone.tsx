import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddJournalEntry, usePostponeDeal } from '@/lib/data/deals';
import { addDays, type Day } from '@/lib/dates';
import { useSession } from '@/lib/session';
import { createStore, useStore } from '@/lib/store';
import { toast } from '@/lib/toast';
import { type Deal, may } from '@/lib/types';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { Segmented, TextArea } from '@/ui/field';
import { Menu, type MenuAction } from '@/ui/menu';
import { dayText } from './deal_bits';

const picking = createStore<{ deal: Deal; done: boolean } | undefined>(undefined);
export const postponeTo = (deal: Deal) => picking.set({ deal, done: false });
export const finishStep = (deal: Deal) => picking.set({ deal, done: true });

export const mayPostpone = (deal: Deal) => deal.status !== 'closed' && may(deal, 'update');

function usePostpone() {
  const { t } = useTranslation('deals');
  const { today } = useSession();
  const postpone = usePostponeDeal();
  return (deal: Deal, day: Day | null) => {
    const before = deal.deadline?.date ?? null;
    postpone.mutate(
      { deal, day },
      {
        onSuccess: (saved) =>
          toast(day ? t('postponed', { date: dayText(day, today) }) : t('postponed_none'), {
            undo: () =>
              postpone.mutate({
                deal: { ...saved, deadline: deal.deadline ?? saved.deadline } as Deal,
                day: before,
              }),
          }),
      },
    );
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
  return <PickDialog key={asked.deal.id} {...asked} />;
}

const choices = { tomorrow: 1, plus3: 3, week: 7 } as const;
type Choice = keyof typeof choices | 'date' | 'none';

function PickDialog({ deal, done }: { deal: Deal; done: boolean }) {
  const { t } = useTranslation('deals');
  const { today } = useSession();
  const postpone = usePostpone();
  const note = useAddJournalEntry(deal.id);
  const [choice, setChoice] = useState<Choice>(done ? 'tomorrow' : 'date');
  const [date, setDate] = useState<Day>();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const close = () => picking.set(undefined);
  const submit = () => {
    const day =
      choice === 'none' ? null : choice === 'date' ? date : addDays(today, choices[choice]);
    if (day === undefined) return setMissing(true);
    if (text.trim()) note.mutate({ text: text.trim(), mentioned_ids: [] });
    postpone(deal, day);
    close();
  };
  const options: Choice[] = done ? ['tomorrow', 'plus3', 'week', 'date', 'none'] : ['date', 'none'];
  return (
    <FormDialog
      title={done ? t('done_title') : t('postpone_date_title')}
      submit={done ? t('done') : t('postpone')}
      onClose={close}
      onSubmit={submit}
    >
      {done && (
        <TextArea
          label={t('done_note')}
          hint={t('done_note_hint')}
          value={text}
          onChange={setText}
          autoFocus
        />
      )}
      <Segmented<Choice>
        label={t('next_review_at')}
        value={choice}
        onChange={setChoice}
        options={options.map((value) => ({ value, label: t(`postpone_to.${value}`) }))}
      />
      {choice === 'date' && (
        <DateField
          label={t('deadline')}
          value={date}
          onChange={(day) => {
            setDate(day);
            setMissing(false);
          }}
          today={today}
          autoFocus={!done}
          error={missing ? t('date_required') : undefined}
        />
      )}
    </FormDialog>
  );
}
