import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdateJournalEntry } from '@/lib/data/deals';
import { formatInstant } from '@/lib/dates';
import { useFlash } from '@/lib/flash';
import { currentLocale } from '@/lib/i18n';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { type Deal, type JournalEntry, may } from '@/lib/types';
import { Markdown } from '@/parts/markdown';
import { Avatar } from '@/ui/avatar';
import { Button, IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { TextArea } from '@/ui/field';
import { Pencil } from '@/ui/icons';

export function Note({ deal, entry }: { deal: Deal; entry: JournalEntry }) {
  const { t } = useTranslation(['deals', 'common']);
  const { user, time_zone, today } = useSession();
  const [editing, setEditing] = useState(false);
  const flashing = useFlash(entry.id);
  const time = (instant: string) => formatInstant(instant, currentLocale(), time_zone, today);
  const editable = entry.author_id === user.id && deal.status !== 'closed' && may(entry, 'update');
  return (
    <article className={cx('group flex gap-2.5 rounded-card', flashing && 'flash')}>
      <Avatar name={entry.author_name ?? ''} />
      <div className="min-w-0 flex-1">
        <header className="flex min-h-6 items-center gap-2">
          <span className="font-medium">{entry.author_name}</span>
          <span className="tabular text-small text-ink3">
            <time dateTime={entry.created_at}>{time(entry.created_at)}</time>
            {entry.edited_at && ` · ${t('deals:edited')} ${time(entry.edited_at)}`}
          </span>
          {editable && !editing && (
            <IconButton
              label={t('common:edit')}
              onPress={() => setEditing(true)}
              className="-my-1 h-6 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 coarse:opacity-100"
            >
              <Pencil />
            </IconButton>
          )}
        </header>
        {editing ? (
          <EditNote deal={deal} entry={entry} onClose={() => setEditing(false)} />
        ) : (
          <Markdown text={entry.text} />
        )}
        {entry.earlier && entry.earlier.length > 0 && (
          <details className="mt-1 text-small text-ink2">
            <summary className="inline-flex min-h-6 cursor-default items-center">
              {t('deals:earlier', { count: entry.earlier.length })}
            </summary>
            <ol className="mt-1 flex flex-col gap-2 border-l-2 border-line pl-3">
              {entry.earlier.map((version) => (
                <li key={version.replaced_at}>
                  <Markdown text={version.text ?? ''} />
                  {version.replaced_at && (
                    <span className="text-ink3">{time(version.replaced_at)}</span>
                  )}
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </article>
  );
}

interface EditNoteProps {
  deal: Deal;
  entry: JournalEntry;
  onClose: () => void;
}
function EditNote({ deal, entry, onClose }: EditNoteProps) {
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
