import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateJournalEntry } from '@/lib/data/journal';
import { toastFailure } from '@/lib/messages';
import type { Deal, JournalEntry } from '@/lib/types';
import { Button } from '@/ui/button';
import { TextArea } from '@/ui/field';

interface EditNoteProps {
  deal: Deal;
  entry: JournalEntry;
  onClose: () => void;
}
export function EditNote({ deal, entry, onClose }: EditNoteProps) {
  const { t } = useTranslation(['deals', 'common']);
  const [text, setText] = useState(entry.text);
  const update = useUpdateJournalEntry(deal.id);
  const save = () =>
    text.trim() &&
    update.mutate({ entry, text: text.trim() }, { onSuccess: onClose, onError: toastFailure });
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        label={t('deals:composer')}
        hideLabel
        value={text}
        onChange={setText}
        maxLength={10000}
        autoFocus
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          if (event.key === 'Escape') onClose();
        }}
      />
      <div className="flex gap-2">
        <Button variant="primary" onPress={save} isPending={update.isPending}>
          {t('common:save')}
        </Button>
        <Button onPress={onClose}>{t('common:cancel')}</Button>
      </div>
    </div>
  );
}
