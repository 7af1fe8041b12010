import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { type Deal, may } from '@/lib/types';
import {
  DealStatusChip,
  Due,
  moveReasons,
  objectText,
  useMoveText,
  WhoseMove,
  whos,
} from '@/parts/deal_bits';
import { Stamp } from '@/parts/list/stamp';
import type { ColumnOf } from '@/parts/list/types';
import { CardMenu } from './card_menu';

export function NameLink({ deal }: { deal: Deal }) {
  return (
    <Link
      to="/deals/$dealId"
      params={{ dealId: deal.id }}
      tabIndex={-1}
      className="min-w-0 truncate font-medium hover:underline"
    >
      {deal.client_name || deal.title}
    </Link>
  );
}

/** What a deal shows of itself in the table. */
export function useDealColumns(onPeek: (id: string) => void): ColumnOf<Deal>[] {
  const { t } = useTranslation(['deals', 'common']);
  const moveText = useMoveText();
  const locked = (deal: Deal) =>
    deal.status !== 'closed' && may(deal, 'update') ? undefined : t('common:locked');
  const day = (value: string | undefined) => value && formatDay(value, currentLocale(), 'numeric');
  const dayEdit = (field: 'next_review_at' | 'expected_close_date') => ({
    kind: 'date' as const,
    locked,
    value: (deal: Deal) => deal[field] ?? '',
    change: (value: string | undefined) => ({ [field]: value ?? '' }),
    fields: (value: string | undefined) => ({ [field]: value ?? null }),
  });
  return [
    {
      id: 'client',
      file: 'client_name',
      label: t('deals:client'),
      width: 200,
      cell: (deal) => <NameLink deal={deal} />,
    },
    {
      id: 'title',
      file: 'title',
      label: t('deals:title_field'),
      cell: (deal) => (
        <>
          {deal.title}
          {objectText(deal) && objectText(deal) !== deal.title && (
            <span className="text-ink2"> · {objectText(deal)}</span>
          )}
        </>
      ),
      edit: {
        kind: 'text',
        locked,
        value: ({ title }) => title,
        change: (title, deal) => ({ title: title ?? deal.title }),
      },
    },
    {
      id: 'status',
      file: 'status',
      label: t('deals:status'),
      width: 130,
      cell: (deal) => <DealStatusChip status={deal.status} />,
    },
    {
      id: 'move',
      file: [
        {
          field: 'deadline.waiting_on',
          title: t('deals:move_short'),
          words: whos.map((who) => ({ value: who, word: t(`deals:who.${who}`) })),
        },
        {
          field: 'deadline.reason',
          words: moveReasons.map((reason) => ({ value: reason, word: t(`deals:move_${reason}`) })),
        },
        { field: 'deadline.title', title: t('deals:move_about') },
      ],
      label: t('deals:move'),
      cell: (deal) =>
        deal.deadline && (
          <>
            <WhoseMove deal={deal} />
            <span className="text-small text-ink2"> · {moveText(deal)}</span>
          </>
        ),
    },
    {
      id: 'deadline',
      file: 'deadline.date',
      label: t('deals:deadline'),
      width: 142,
      sort: 'deadline_on',
      cell: (deal) => <Due day={deal.deadline?.date} />,
    },
    {
      id: 'lead',
      file: 'lead_agent_name',
      label: t('deals:lead'),
      width: 150,
      cell: (deal) => deal.lead_agent_name,
    },
    {
      id: 'executor',
      file: 'executor_name',
      label: t('deals:executor'),
      width: 150,
      hidden: true,
      cell: (deal) => deal.executor_name,
    },
    {
      id: 'review',
      file: 'next_review_at',
      label: t('deals:next_review_at'),
      width: 130,
      hidden: true,
      cell: (deal) => <span className="tabular">{day(deal.next_review_at)}</span>,
      edit: dayEdit('next_review_at'),
    },
    {
      id: 'close',
      file: 'expected_close_date',
      label: t('deals:expected_close_date'),
      width: 130,
      hidden: true,
      cell: (deal) => <span className="tabular">{day(deal.expected_close_date)}</span>,
      edit: dayEdit('expected_close_date'),
    },
    {
      id: 'number',
      file: 'number',
      label: t('deals:number'),
      width: 120,
      sort: 'number',
      cell: (deal) => <span className="tabular text-ink2">{deal.number}</span>,
    },
    {
      id: 'created',
      file: 'created_at',
      label: t('deals:created_at'),
      width: 120,
      sort: 'created_at',
      hidden: true,
      cell: (deal) => <Stamp at={deal.created_at} />,
    },
    {
      id: 'updated',
      file: 'updated_at',
      label: t('deals:updated_at'),
      width: 120,
      sort: 'updated_at',
      hidden: true,
      cell: (deal) => <Stamp at={deal.updated_at} />,
    },
    {
      id: 'menu',
      label: t('deals:actions'),
      quietLabel: true,
      width: 56,
      end: true,
      cell: (deal) => (
        <span className="group inline-flex">
          <CardMenu deal={deal} onPeek={onPeek} />
        </span>
      ),
    },
  ];
}
