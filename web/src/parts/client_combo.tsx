import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchQuery } from '@/lib/data/audit';
import { Combo } from '@/ui/select';
import { useDebounced } from './use_debounced';

interface ClientComboProps {
  label: string;
  value: { id: string; name: string } | undefined;
  onChange: (client: { id: string; name: string } | undefined) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}
/** Finds a client by anything one knows: name, phone, tax number. */
export function ClientCombo({ label, value, onChange, error, autoFocus }: ClientComboProps) {
  const { t } = useTranslation('deals');
  const [text, setText] = useState(value?.name ?? '');
  const query = useDebounced(text.trim(), 150);
  const { data } = useQuery({ ...searchQuery(query), placeholderData: keepPreviousData });
  const found = (data?.results ?? []).filter(({ kind }) => kind === 'client');
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
      empty={t('client_other')}
      error={error}
    />
  );
}
