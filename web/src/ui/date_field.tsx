import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, parseDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { TextField } from './field';

interface DateFieldProps {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
  today: string;
  error?: string | undefined;
  autoFocus?: boolean;
  hint?: string;
}
/** A day as people type it: 27.11, «завтра», «+3д». What was understood is shown below. */
export function DateField({
  label,
  value,
  onChange,
  today,
  error,
  hint,
  autoFocus,
}: DateFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value ? formatDay(value, currentLocale(), 'numeric') : '');
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText(value ? formatDay(value, currentLocale(), 'numeric') : '');
    setWrong(false);
  }, [value]);
  const settle = () => {
    const day = text.trim() ? parseDay(text, today) : undefined;
    setWrong(text.trim() !== '' && !day);
    if (!text.trim() || day) onChange(day);
    if (day) setText(formatDay(day, currentLocale(), 'numeric'));
  };
  const understood = text.trim() ? parseDay(text, today) : undefined;
  return (
    <TextField
      label={label}
      value={text}
      onChange={(typed) => {
        setText(typed);
        const day = parseDay(typed, today);
        if (day && day !== value && typed.length >= 10) onChange(day);
      }}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
      autoFocus={autoFocus ?? false}
      placeholder={t('date_hint')}
      hint={understood ? formatDay(understood, currentLocale()) : hint}
      error={wrong ? t('date_wrong') : error}
      autoComplete="off"
    />
  );
}
