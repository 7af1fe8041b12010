import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { readDay } from '@/lib/typed_day';
import { cx } from '../cx';
import { useDayWords } from '../day_words';
import { inputClass } from '../field_class';
import type { CellEdit } from './types';

interface CellEditorProps<Row> {
  label: string;
  edit: CellEdit<Row>;
  row: Row;
  /** The letter that opened the editor; it replaces what was there. */
  typed: string | undefined;
  onClose: () => void;
}
/** Enter and Tab save, Escape puts back. What is not understood stays and says so. */
export function CellEditor<Row>({ label, edit, row, typed, onClose }: CellEditorProps<Row>) {
  const { t } = useTranslation();
  const words = useDayWords();
  const { today } = useSession();
  const before = edit.value(row);
  const shown =
    edit.kind === 'date' && before ? formatDay(before, currentLocale(), 'numeric') : before;
  const [text, setText] = useState(typed ?? shown);
  const [wrong, setWrong] = useState<string>();
  const closed = useRef(false);
  const byPointer = useRef(false);
  const settle = (said: string) => {
    if (closed.current) return;
    const typedText = said.trim();
    const unchanged = typedText === shown;
    const asDay = edit.kind === 'date' && typedText !== '' && !unchanged;
    const read = asDay ? readDay(typedText, today) : undefined;
    if (read?.problem) return setWrong(words(read));
    const value = read ? read.day : unchanged ? before : typedText;
    closed.current = true;
    if (value !== before) edit.save(row, value || undefined);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      closed.current = true;
      onClose();
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      settle(text);
    }
  };
  const shape = cx(inputClass, '-mx-1.5 h-7 w-[calc(100%+12px)] px-1.5');
  if (edit.kind === 'choice') {
    return (
      <select
        data-editing
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: the cell itself was opened.
        autoFocus
        value={text}
        onPointerDown={() => {
          byPointer.current = true;
        }}
        onChange={(event) => {
          setText(event.target.value);
          // With the arrows one only passes by; a click is a choice.
          if (byPointer.current) settle(event.target.value);
        }}
        onBlur={() => settle(text)}
        onKeyDown={onKeyDown}
        className={shape}
      >
        {!edit.options?.some(({ id }) => id === before) && (
          <option value={before}>{t('empty_value')}</option>
        )}
        {edit.options?.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      data-editing
      aria-label={label}
      aria-invalid={wrong !== undefined}
      title={wrong}
      // biome-ignore lint/a11y/noAutofocus: the cell itself was opened.
      autoFocus
      autoComplete="off"
      maxLength={200}
      value={text}
      onFocus={(event) => typed === undefined && event.target.select()}
      onChange={(event) => {
        setText(event.target.value);
        setWrong(undefined);
      }}
      onBlur={() => settle(text)}
      onKeyDown={onKeyDown}
      className={cx(shape, wrong && 'border-bad')}
    />
  );
}
