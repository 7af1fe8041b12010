import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Entry } from '@/lib/types';
import { useActionName } from '@/parts/action_name';
import { DiffView } from '@/parts/diff_view';
import { Open } from '@/ui/icons';
import { SidePanel } from '@/ui/side_panel';

export function EntryPanel({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useTranslation(['admin', 'common', 'deals']);
  const { time_zone, today } = useSession();
  const action = useActionName();
  return (
    <SidePanel label={t('admin:audit.entry', { position: entry.position ?? 0 })} onClose={onClose}>
      <h2 className="text-title">{action(entry.action)}</h2>
      <p className="text-ink2">
        {entry.actor_name || t('common:system')} ·{' '}
        {formatInstant(entry.at, currentLocale(), time_zone, today)}
      </p>
      {entry.reason && (
        <p className="mt-1">{t('deals:history.reason', { reason: entry.reason })}</p>
      )}
      <RecordLink entry={entry} />
      <div className="mt-4 rounded-card border border-line bg-raised p-3">
        <DiffView before={entry.before} after={entry.after} />
      </div>
      <dl className="tabular mt-4 flex flex-col gap-1 text-small text-ink2">
        <div className="flex gap-2">
          <dt className="w-28 shrink-0">{t('admin:audit.column_service')}</dt>
          <dd>{entry.service}</dd>
        </div>
        <div className="flex gap-2">
          <dt className="w-28 shrink-0">{t('admin:audit.column_object')}</dt>
          <dd className="break-all">{entry.entity_id}</dd>
        </div>
        {entry.trace_id && (
          <div className="flex gap-2">
            <dt className="w-28 shrink-0">{t('admin:audit.trace')}</dt>
            <dd className="break-all">{entry.trace_id}</dd>
          </div>
        )}
      </dl>
    </SidePanel>
  );
}

function RecordLink({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const link = 'mt-1 inline-flex min-h-6 items-center gap-1 text-accent-ink hover:underline';
  if (entry.entity_type === 'deal') {
    return (
      <Link to="/deals/$dealId" params={{ dealId: entry.entity_id }} className={link}>
        {t('open')}
        <Open />
      </Link>
    );
  }
  if (entry.entity_type === 'policy') {
    return (
      <Link to="/policies/$policyId" params={{ policyId: entry.entity_id }} className={link}>
        {t('open')}
        <Open />
      </Link>
    );
  }
  if (entry.entity_type === 'payment') {
    return (
      <Link to="/payments/$paymentId" params={{ paymentId: entry.entity_id }} className={link}>
        {t('open')}
        <Open />
      </Link>
    );
  }
  if (entry.entity_type === 'task') {
    return (
      <Link to="/tasks/$taskId" params={{ taskId: entry.entity_id }} className={link}>
        {t('open')}
        <Open />
      </Link>
    );
  }
  if (entry.entity_type === 'client') {
    return (
      <Link to="/clients/$clientId" params={{ clientId: entry.entity_id }} className={link}>
        {t('open')}
        <Open />
      </Link>
    );
  }
  return null;
}
