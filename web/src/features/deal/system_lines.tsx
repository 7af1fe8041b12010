import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalculationStatus } from '@/lib/data/calculations';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { type DealStatus, dealStatuses, type MemberFunction, type TimelineItem } from '@/lib/types';
import { ChevronDown } from '@/ui/icons';

const foldFrom = 3;

interface Details {
  from?: string;
  to?: string;
  reason?: string;
  user_name?: string;
  function?: string;
  fields?: string[];
  left?: boolean;
  action?: string;
  subject?: string;
}

export function SystemLines({ items }: { items: TimelineItem[] }) {
  const { t } = useTranslation('deals');
  const [open, setOpen] = useState(items.length < foldFrom);
  const newest = items[0];
  if (!open && newest) {
    return (
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-h-7 items-center gap-2 text-small text-ink3 hover:text-ink"
      >
        <ChevronDown />
        {t('system_lines', { count: items.length })}
      </button>
    );
  }
  return (
    <ul className="flex flex-col gap-1">
      {items.map((item) => (
        <Line key={item.id} item={item} />
      ))}
    </ul>
  );
}

function Line({ item }: { item: TimelineItem }) {
  const { t } = useTranslation('deals');
  const { time_zone, today } = useSession();
  const text = useLineText();
  const details = readDetails(item.details);
  return (
    <li className="flex gap-2 pl-9 text-small text-ink2">
      <span className="min-w-0">
        {text(item.kind, details)}
        {details.reason && ` · ${t('history.reason', { reason: details.reason })}`}
        <span className="text-ink3">
          {' '}
          · {item.actor_name} · {formatInstant(item.at, currentLocale(), time_zone, today)}
        </span>
      </span>
    </li>
  );
}

export function readDetails(details: unknown): Details {
  if (typeof details === 'string') {
    try {
      return JSON.parse(details) as Details;
    } catch {
      return {};
    }
  }
  return typeof details === 'object' && details !== null ? (details as Details) : {};
}

function useLineText() {
  const { t, i18n } = useTranslation(['deals', 'deal', 'calculations']);
  const quoteStatus = (status: string | undefined) =>
    t(`calculations:status.${(status ?? 'draft') as CalculationStatus}`);
  const statusName = (status: string | undefined) =>
    dealStatuses.includes(status as DealStatus)
      ? t(`status_is.${status as DealStatus}`)
      : (status ?? '');
  const fieldName = (field: string) =>
    i18n.exists(`deals:fields.${field}`) ? t(`fields.${field as 'title'}`) : field;
  return (kind: string, details: Details) => {
    const subject = details.subject ?? '';
    if (kind === 'calculation_created') return t('calculations:timeline.created', { subject });
    if (kind === 'calculation_updated') return t('calculations:timeline.updated', { subject });
    if (kind === 'calculation_status_changed') {
      const [from, to] = [quoteStatus(details.from), quoteStatus(details.to)];
      return t('calculations:timeline.moved', { subject, from, to });
    }
    if (kind === 'offer_created') return t('calculations:timeline.offered', { subject });
    if (kind === 'status_changed') {
      return t('deal:timeline.status_changed', {
        from: statusName(details.from),
        to: statusName(details.to),
      });
    }
    if (kind === 'team_changed' && details.user_name) {
      const name = details.user_name;
      return details.function
        ? t('deal:timeline.joined', {
            name,
            function: t(`function.${details.function as MemberFunction}`),
          })
        : t('deal:timeline.left', { name });
    }
    if (kind === 'updated' && details.fields?.length) {
      return t('deal:timeline.updated', {
        fields: details.fields.map(fieldName).join(', ').toLowerCase(),
      });
    }
    if (kind === 'created' || kind === 'continued' || kind === 'closed')
      return t(`deal:timeline.${kind}`);
    if (kind === 'team_changed') return t('deal:timeline.team_changed');
    if (i18n.exists(`deal:timeline.${kind}`)) {
      return t(`deal:timeline.${kind as 'policy_created'}`, { subject });
    }
    return t('deal:timeline.updated', { fields: '' });
  };
}
