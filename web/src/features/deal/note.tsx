import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '@/lib/dates';
import { useFlash } from '@/lib/flash';
import { currentLocale } from '@/lib/i18n';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import { type Deal, type JournalEntry, may } from '@/lib/types';
import { Markdown } from '@/parts/markdown';
import { Avatar } from '@/ui/avatar';
import { IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { Pencil } from '@/ui/icons';

const EditNote = lazy(() => import('./edit_note').then(({ EditNote }) => ({ default: EditNote })));

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
          <Suspense fallback={<Markdown text={entry.text} />}>
            <EditNote deal={deal} entry={entry} onClose={() => setEditing(false)} />
          </Suspense>
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
