import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ruleInsurersQuery } from '@/lib/data/commission_rules';
import {
  type Payment,
  paymentResource,
  paymentStatuses,
  paymentTypes,
  products,
} from '@/lib/data/payments';
import { lazy } from '@/lib/lazy';
import { may } from '@/lib/types';
import { useCalendarLayout } from '@/parts/calendar/calendar_layout';
import { usePeopleOptions } from '@/parts/list/people';
import type { BuiltView, ColumnOf, ListOf } from '@/parts/list/types';
import { dayText, moneyText, PaymentStatusChip } from '@/parts/payment_bits';
import { Lock } from '@/ui/icons';
import type { FilterField } from '@/ui/list/types';
import { EmptyState } from '@/ui/states';
import { usePaymentBulk } from './payment_bulk';

const PaymentCalendar = lazy(() =>
  import('./payment_calendar').then(({ PaymentCalendar }) => ({ default: PaymentCalendar })),
);

/** The list of payments: what it shows, by what it is narrowed, what can be done in it. */
export function usePaymentList(): ListOf<Payment> {
  const { t } = useTranslation('money');
  const navigate = useNavigate();
  const insurers = useInsurerOptions();
  const calendar = useCalendarLayout((drawn) => <PaymentCalendar {...drawn} />);
  const nameOf = (id: string) => insurers.find((insurer) => insurer.id === id)?.label ?? '…';
  return {
    resource: paymentResource,
    title: t('title'),
    count: (count, formatted) => t('count', { count, formatted }),
    columns: useColumns(),
    fields: useFields(),
    views: useViews(),
    groupings: [
      {
        id: 'type',
        label: t('type'),
        order: paymentTypes,
        valueLabel: (value) => t(`type_is.${value as 'client_premium'}`),
      },
      {
        id: 'status',
        label: t('status'),
        order: paymentStatuses,
        valueLabel: (value) => t(`status_is.${value as 'planned'}`),
      },
      { id: 'planned_date', label: t('month'), month: true },
      { id: 'insurer_id', label: t('insurer'), valueLabel: nameOf },
    ],
    sums: { by: 'type' },
    layouts: [calendar],
    bulk: usePaymentBulk(),
    open: ({ id }) => void navigate({ to: '/payments/$paymentId', params: { paymentId: id } }),
    phoneRow: (payment) => <PhoneRow payment={payment} />,
    empty: <EmptyState title={t('empty')} text={t('empty_text')} />,
    emptyFiltered: t('empty_filtered'),
  };
}

function useInsurerOptions() {
  const { data } = useQuery(ruleInsurersQuery);
  return (data ?? []).map(({ id, name }) => ({ id, label: name }));
}

function useViews(): [BuiltView, ...BuiltView[]] {
  const { t } = useTranslation('money');
  const view = (id: 'open' | 'expected' | 'overdue' | 'received' | 'all', f: string) => ({
    id,
    label: t(`view.${id}`),
    f,
    sort: 'planned_date',
  });
  return [
    view('expected', 'status.is.expected*voided.is.false'),
    { ...view('overdue', 'overdue.is.true'), urgent: true },
    view('open', 'status.is.planned*voided.is.false'),
    { ...view('received', 'status.is.received'), sort: 'actual_date desc' },
    view('all', ''),
  ];
}

function useFields(): FilterField[] {
  const { t } = useTranslation('money');
  return [
    {
      id: 'type',
      label: t('type'),
      kind: 'enum',
      options: paymentTypes.map((id) => ({ id, label: t(`type_is.${id}`) })),
    },
    {
      id: 'status',
      label: t('status'),
      kind: 'enum',
      options: paymentStatuses.map((id) => ({ id, label: t(`status_is.${id}`) })),
    },
    { id: 'insurer_id', label: t('insurer'), kind: 'enum', options: useInsurerOptions() },
    {
      id: 'lead_agent_id',
      label: t('agent'),
      kind: 'person',
      options: usePeopleOptions('agent', 'admin'),
    },
    {
      id: 'product',
      label: t('product'),
      kind: 'enum',
      options: products.map((id) => ({ id, label: t(`product_is.${id}`) })),
    },
    { id: 'overdue', label: t('overdue'), kind: 'boolean' },
    { id: 'voided', label: t('voided'), kind: 'boolean' },
    { id: 'planned_date', label: t('planned_date'), kind: 'date' },
    { id: 'actual_date', label: t('actual_date'), kind: 'date', optional: true },
    { id: 'number', label: t('number'), kind: 'text' },
  ];
}

function useColumns(): ColumnOf<Payment>[] {
  const { t } = useTranslation('money');
  return [
    {
      id: 'client',
      file: 'client_name',
      label: t('client'),
      cell: (payment) => <NameLink payment={payment} />,
    },
    {
      id: 'type',
      file: 'type',
      label: t('type'),
      width: 130,
      cell: ({ type }) => t(`type_is.${type}`),
    },
    {
      id: 'policy',
      file: 'policy_number',
      label: t('policy'),
      width: 150,
      cell: ({ policy_number }) => <span className="tabular text-ink2">{policy_number}</span>,
    },
    {
      id: 'insurer',
      file: 'insurer_name',
      label: t('insurer'),
      width: 150,
      cell: ({ insurer_name }) => insurer_name,
    },
    {
      id: 'planned_date',
      file: 'planned_date',
      label: t('planned_date'),
      width: 110,
      sort: 'planned_date',
      cell: ({ planned_date }) => <span className="tabular">{dayText(planned_date)}</span>,
    },
    {
      id: 'actual_date',
      file: 'actual_date',
      label: t('actual_date'),
      width: 156,
      sort: 'actual_date',
      cell: ({ actual_date }) =>
        actual_date && <span className="tabular">{dayText(actual_date)}</span>,
    },
    {
      id: 'amount',
      file: 'amount',
      label: t('amount'),
      width: 130,
      end: true,
      sort: 'amount',
      sum: 'amount',
      cell: ({ amount, voided }) => (
        <span className={voided ? 'tabular text-ink3 line-through' : 'tabular'}>
          {moneyText(amount)}
        </span>
      ),
    },
    {
      id: 'status',
      file: [
        'status',
        { field: 'overdue', title: t('overdue') },
        { field: 'voided', title: t('voided') },
      ],
      label: t('status'),
      width: 232,
      cell: (payment) => (
        <span className="inline-flex items-center gap-1 whitespace-nowrap">
          <PaymentStatusChip payment={payment} />
          {payment.status === 'expected' && !may(payment, 'confirm') && (
            <span title={t('only_finance')} className="text-ink3">
              <Lock />
              <span className="sr-only">{t('only_finance')}</span>
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'agent',
      file: 'lead_agent_name',
      label: t('agent'),
      width: 160,
      hidden: true,
      cell: ({ lead_agent_name }) => lead_agent_name,
    },
    {
      id: 'number',
      file: 'number',
      label: t('number'),
      width: 120,
      hidden: true,
      sort: 'number',
      cell: ({ number }) => <span className="tabular">{number}</span>,
    },
  ];
}

function NameLink({ payment }: { payment: Payment }) {
  return (
    <Link
      to="/payments/$paymentId"
      params={{ paymentId: payment.id }}
      tabIndex={-1}
      className="font-medium hover:underline"
    >
      {payment.client_name || payment.number}
    </Link>
  );
}

function PhoneRow({ payment }: { payment: Payment }) {
  const { t } = useTranslation('money');
  return (
    <div className="flex min-w-0 items-center justify-between gap-2">
      <div className="min-w-0 truncate">
        <NameLink payment={payment} />
        <div className="truncate text-small text-ink2">
          {t(`type_is.${payment.type}`)} · {dayText(payment.planned_date)}
        </div>
      </div>
      <div className="shrink-0 text-right">
        <div className="tabular font-medium">{moneyText(payment.amount)}</div>
        <PaymentStatusChip payment={payment} />
      </div>
    </div>
  );
}
