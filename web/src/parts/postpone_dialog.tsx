import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddJournalEntry } from '@/lib/data/journal';
import { addDays, type Day } from '@/lib/dates';
import { useSession } from '@/lib/session';
import type { Deal } from '@/lib/types';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import { TextArea } from '@/ui/field';
import { Segmented } from '@/ui/segmented';
import { usePostpone } from './postpone';

const choices = { tomorrow: 1, plus3: 3, week: 7 } as const;
type Choice = keyof typeof choices | 'date' | 'none';

interface PickDialogProps {
  deal: Deal;
  done: boolean;
  onClose: () => void;
}
export function PickDialog({ deal, done, onClose }: PickDialogProps) {
  const { t } = useTranslation('deals');
  const { today } = useSession();
  const postpone = usePostpone();
  const note = useAddJournalEntry(deal.id);
  const [choice, setChoice] = useState<Choice>(done ? 'tomorrow' : 'date');
  const [date, setDate] = useState<Day>();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = () => {
    const day =
      choice === 'none' ? null : choice === 'date' ? date : addDays(today, choices[choice]);
    if (day === undefined) return setMissing(true);
    if (text.trim()) note.mutate({ text: text.trim(), mentioned_ids: [] });
    postpone(deal, day);
    onClose();
  };
  const options: Choice[] = done ? ['tomorrow', 'plus3', 'week', 'date', 'none'] : ['date', 'none'];
  return (
    <FormDialog
      title={done ? t('done_title') : t('postpone_date_title')}
      submit={done ? t('done') : t('postpone')}
      onClose={onClose}
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
