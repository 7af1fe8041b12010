import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '@/lib/number';
import { Button, IconButton } from '../button';
import { Close } from '../icons';

interface BulkBarProps {
  count: number;
  /** How many the filter lets through, when that is more than what is chosen. */
  total: number | undefined;
  onEverything: () => void;
  onClear: () => void;
  progress: { done: number; of: number } | undefined;
  actions: { id: string; label: string; icon?: ReactNode; bad?: boolean; run: () => void }[];
  /** After the actions: what changes nothing. */
  more?: ReactNode;
}
/** What can be done to the chosen rows; stands at the bottom while any are chosen. */
export function BulkBar(props: BulkBarProps) {
  const { count, total, onEverything, onClear, progress, actions, more } = props;
  const { t } = useTranslation('list');
  return (
    <section
      aria-label={t('bulk')}
      className="appear flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-5 py-2"
    >
      <p role="status" className="tabular font-medium">
        {progress
          ? t('bulk_progress', { done: formatNumber(progress.done), of: formatNumber(progress.of) })
          : t('bulk_chosen', { count, formatted: formatNumber(count) })}
      </p>
      {total !== undefined && total > count && (
        <Button variant="quiet" className="text-accent-ink" onPress={onEverything}>
          {t('bulk_everything', { formatted: formatNumber(total) })}
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {actions.map(({ id, label, icon, bad, run }) => (
          <Button
            key={id}
            variant={bad ? 'danger' : 'plain'}
            icon={icon}
            isDisabled={progress !== undefined}
            onPress={run}
          >
            {label}
          </Button>
        ))}
        {more}
        <IconButton label={t('bulk_clear')} keys="Esc" onPress={onClear}>
          <Close />
        </IconButton>
      </div>
    </section>
  );
}
