import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchQuery } from '@/lib/data/audit';
import { Combo } from '@/ui/select';
import { useDebounced } from './use_debounced';

export interface Found {
  id: string;
  name: string;
}
interface HitComboProps {
  label: string;
  kind: 'client' | 'deal' | 'policy';
  value: Found | undefined;
  onChange: (found: Found | undefined) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}
/** Finds one record by anything that the search understands: name, phone, number, plate. */
export function HitCombo({ label, kind, value, onChange, error, autoFocus }: HitComboProps) {
  const { t } = useTranslation('deals');
  const [text, setText] = useState(value?.name ?? '');
  const query = useDebounced(text.trim(), 150);
  const { data } = useQuery({ ...searchQuery(query), placeholderData: keepPreviousData });
  const found = (data?.results ?? []).filter((hit) => hit.kind === kind);
  return (
    <Combo
      label={label}
      required
      autoFocus={autoFocus ?? false}
      text={text}
      onText={(typed) => {
        setText(typed);
        if (value && typed !== value.name) onChange(undefined);
      }}
      value={value?.id}
      options={found.map(({ id, title, subtitle }) => ({ id, label: title, detail: subtitle }))}
      onChange={(id) => {
        const hit = found.find((item) => item.id === id);
        if (!hit) return;
        onChange({ id, name: hit.title });
        setText(hit.title);
      }}
      empty={t(kind === 'client' ? 'client_other' : 'hit_none')}
      error={error}
    />
  );
}
