import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Day, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { type Leaning, readDay } from '@/lib/typed_day';
import { useDayWords } from './day_words';
import { TextField } from './field';

interface DateFieldProps {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
  today: string;
  /** Which day is meant when the year is not said. */
  leaning?: Leaning;
  error?: string | undefined;
  autoFocus?: boolean;
  hint?: string;
}
const shownIn = (day: Day | undefined) => (day ? formatDay(day, currentLocale(), 'numeric') : '');
const whole = /^\d{1,2}[./]\d{1,2}[./]\d{4}$|^\d{4}-\d{2}-\d{2}$/;

/** A day as people type it: 27.11, «завтра», «+1 год». What was understood is shown below. */
export function DateField(props: DateFieldProps) {
  const { label, value, onChange, today, leaning = 'coming', error, hint, autoFocus } = props;
  const { t } = useTranslation();
  const words = useDayWords();
  const [text, setText] = useState(shownIn(value));
  const [left, setLeft] = useState(false);
  useEffect(() => {
    setText(shownIn(value));
    setLeft(false);
  }, [value]);
  const typed = text.trim() !== '' && text !== shownIn(value);
  const read = typed ? readDay(text, today, leaning) : undefined;
  const settle = () => {
    setLeft(true);
    if (!text.trim()) onChange(undefined);
    if (!read?.day) return;
    onChange(read.day);
    setText(shownIn(read.day));
  };
  const understood = read ? read.day : value;
  return (
    <TextField
      label={label}
      value={text}
      onChange={(next) => {
        setText(next);
        setLeft(false);
        const day = whole.test(next) ? readDay(next, today, leaning).day : undefined;
        if (day && day !== value) onChange(day);
      }}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
      autoFocus={autoFocus ?? false}
      placeholder={t('date_hint')}
      data-unread={read?.problem}
      hint={text.trim() && understood ? formatDay(understood, currentLocale()) : hint}
      error={left && read?.problem ? words(read) : error}
      autoComplete="off"
    />
  );
}
