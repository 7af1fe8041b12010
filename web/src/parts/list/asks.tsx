import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '@/lib/dates';
import { useSession } from '@/lib/session';
import type { Role } from '@/lib/types';
import { dayText } from '@/parts/deal_bits';
import { PersonSelect } from '@/parts/person_select';
import { Button } from '@/ui/button';
import { DateField } from '@/ui/date_field';
import { FormDialog } from '@/ui/dialog';
import type { Asked } from './types';

interface AskPersonProps extends Asked {
  title: string;
  label: string;
  roles: Role[];
  /** What follows, said before. */
  warning?: ReactNode;
}
/** Whom a batch is given to. */
export function AskPerson(props: AskPersonProps) {
  const { title, label, roles, warning, count, onAnswer, onClose } = props;
  const { t } = useTranslation('list');
  const [person, setPerson] = useState<string>();
  const [missing, setMissing] = useState(false);
  return (
    <FormDialog
      title={title}
      submit={t('assign')}
      onClose={onClose}
      onSubmit={() => (person ? onAnswer(person) : setMissing(true))}
    >
      <p className="text-ink2">{t('bulk_for', { count })}</p>
      {warning && <p className="text-warn">{warning}</p>}
      <PersonSelect
        label={label}
        roles={roles}
        autoFocus
        value={person}
        onChange={(id) => {
          setPerson(id);
          setMissing(false);
        }}
        error={missing && !person ? t('pick_person') : undefined}
      />
    </FormDialog>
  );
}

/** The day a batch is put off to; the usual ones take one click. */
export function AskDay({
  title,
  label,
  count,
  onAnswer,
  onClose,
}: Asked & { title: string; label: string }) {
  const { t } = useTranslation(['list', 'deals']);
  const { today } = useSession();
  const [day, setDay] = useState<string>();
  const [missing, setMissing] = useState(false);
  const usual = [
    ['tomorrow', 1],
    ['plus3', 3],
    ['week', 7],
  ] as const;
  return (
    <FormDialog
      title={title}
      submit={title}
      onClose={onClose}
      onSubmit={() => (day ? onAnswer(day) : setMissing(true))}
    >
      <p className="text-ink2">{t('list:bulk_for', { count })}</p>
      <div className="flex flex-wrap gap-2">
        {usual.map(([id, days]) => (
          <Button key={id} onPress={() => onAnswer(addDays(today, days))}>
            {t(`deals:postpone_to.${id}`)}
            <span className="text-small text-ink3">{dayText(addDays(today, days), today)}</span>
          </Button>
        ))}
      </div>
      <DateField
        label={label}
        today={today}
        value={day}
        onChange={(picked) => {
          setDay(picked);
          setMissing(false);
        }}
        error={missing && !day ? t('list:pick_day') : undefined}
      />
    </FormDialog>
  );
}
