import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Policy, policyResource, policyStatuses, renewalStates } from '@/lib/data/policies';
import { renewPolicies } from '@/lib/data/renewals';
import { useRole } from '@/lib/session';
import { may } from '@/lib/types';
import { usePeopleOptions } from '@/parts/list/people';
import type { BuiltView, ColumnOf, ListOf } from '@/parts/list/types';
import { dayNumeric, moneyText, PolicyStatusChip, periodText } from '@/parts/policies/bits';
import { useInsurerOptions, useSaleFields } from '@/parts/policies/filter_fields';
import { mayCreate } from '@/parts/rights';
import type { FilterField } from '@/ui/list/types';
import { EmptyState } from '@/ui/states';

export function usePolicyList(): ListOf<Policy> {
  const { t } = useTranslation('policies');
  const navigate = useNavigate();
  const insurers = useInsurerOptions();
  const people = usePeopleOptions('agent', 'admin');
  const of = (options: { id: string; label: string }[]) => (value: string) =>
    options.find(({ id }) => id === value)?.label ?? '…';
  return {
    resource: policyResource,
    title: t('title'),
    count: (count, formatted) => t('count', { count, formatted }),
    columns: useColumns(),
    fields: useFields(),
    views: useViews(),
    groupings: [
      {
        id: 'status',
        label: t('status'),
        order: policyStatuses,
        valueLabel: (value) => t(`status_is.${value as 'active'}`),
      },
      { id: 'effective_to', label: t('month'), month: true },
      { id: 'insurer_id', label: t('insurer'), valueLabel: of(insurers) },
      {
        id: 'product',
        label: t('product'),
        valueLabel: (value) => t(`product_is.${value as 'kasko'}`),
      },
      { id: 'lead_agent_id', label: t('lead'), valueLabel: of(people) },
    ],
    sums: { by: 'status' },
    bulk: [
      {
        id: 'renew',
        label: t('renew_all'),
        careful: true,
        skip: (policy) => (may(policy, 'renew') ? undefined : t('not_renewable')),
        run: (rows) => renewPolicies(rows),
      },
    ],
    search: t('search'),
    open: ({ id }) => void navigate({ to: '/policies/$policyId', params: { policyId: id } }),
    phoneRow: (policy) => <PhoneRow policy={policy} />,
    empty: <EmptyState title={t('empty')} text={t('empty_text')} />,
    emptyFiltered: t('empty_filtered'),
  };
}

function useViews(): [BuiltView, ...BuiltView[]] {
  const { t } = useTranslation('policies');
  const role = useRole();
  type View = 'in_force' | 'mine' | 'draft' | 'all';
  const view = (id: View, f: string): BuiltView => ({
    id,
    label: t(`view.${id}`),
    f,
    sort: 'effective_to',
  });
  return [
    view('in_force', 'status.is.active.renewal_pending'),
    ...(mayCreate(role)
      ? [view('mine', 'status.is.active.renewal_pending*lead_agent_id.is.me')]
      : []),
    view('draft', 'status.is.draft'),
    view('all', ''),
  ];
}

function useFields(): FilterField[] {
  const { t } = useTranslation('policies');
  return [
    {
      id: 'status',
      label: t('status'),
      kind: 'enum',
      options: policyStatuses.map((id) => ({ id, label: t(`status_is.${id}`) })),
    },
    ...useSaleFields(),
    {
      id: 'renewal_state',
      label: t('renewal'),
      kind: 'enum',
      options: renewalStates.map((id) => ({ id, label: t(`renewal_is.${id}`) })),
    },
    { id: 'effective_to', label: t('effective_to'), kind: 'date' },
    { id: 'effective_from', label: t('effective_from'), kind: 'date' },
    { id: 'premium', label: t('premium'), kind: 'money' },
    { id: 'number', label: t('number'), kind: 'text' },
    { id: 'is_renewal', label: t('is_renewal'), kind: 'boolean' },
  ];
}

function useColumns(): ColumnOf<Policy>[] {
  const { t } = useTranslation('policies');
  return [
    {
      id: 'client',
      file: 'client_name',
      label: t('client'),
      cell: (policy) => <NameLink policy={policy} />,
    },
    {
      id: 'number',
      file: 'number',
      label: t('number'),
      width: 150,
      sort: 'number',
      cell: ({ number }) => <span className="tabular text-ink2">{number || t('no_number')}</span>,
    },
    {
      id: 'insurer',
      file: 'insurer_name',
      label: t('insurer'),
      width: 136,
      cell: ({ insurer_name }) => insurer_name,
    },
    {
      id: 'product',
      file: 'product',
      label: t('product'),
      width: 108,
      cell: ({ product }) => t(`product_is.${product}`),
    },
    {
      id: 'object',
      file: 'objects.title',
      label: t('object'),
      width: 136,
      cell: ({ objects }) => (
        <span className="text-ink2">{objects?.map(({ title }) => title).join(', ')}</span>
      ),
    },
    {
      id: 'effective_to',
      file: ['effective_from', 'effective_to'],
      label: t('period'),
      width: 198,
      sort: 'effective_to',
      cell: (policy) => <span className="tabular">{periodText(policy)}</span>,
    },
    {
      id: 'premium',
      file: 'premium',
      label: t('premium'),
      width: 118,
      sort: 'premium',
      sum: 'premium',
      end: true,
      cell: ({ premium }) => <span className="tabular">{moneyText(premium)}</span>,
    },
    {
      id: 'status',
      file: 'status',
      label: t('status'),
      width: 146,
      cell: ({ status }) => <PolicyStatusChip status={status} />,
    },
    {
      id: 'next_instalment',
      file: [
        { field: 'next_instalment.due_on', title: t('next_instalment_on') },
        'next_instalment.amount',
      ],
      label: t('next_instalment'),
      width: 170,
      cell: ({ next_instalment: next }) =>
        next && (
          <span className="tabular text-ink2">
            {dayNumeric(next.due_on)} · {moneyText(next.amount)}
          </span>
        ),
    },
    {
      id: 'lead',
      file: 'lead_agent_name',
      label: t('lead'),
      width: 160,
      hidden: true,
      cell: ({ lead_agent_name }) => lead_agent_name,
    },
  ];
}

export function NameLink({ policy }: { policy: Policy }) {
  return (
    <Link
      to="/policies/$policyId"
      params={{ policyId: policy.id }}
      tabIndex={-1}
      className="font-medium hover:underline"
    >
      {policy.client_name}
    </Link>
  );
}

function PhoneRow({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  return (
    <div className="flex min-w-0 items-center justify-between gap-2">
      <div className="min-w-0 truncate">
        <NameLink policy={policy} />
        <div className="truncate text-small text-ink2">
          {t(`product_is.${policy.product}`)} · {policy.insurer_name} ·{' '}
          {dayNumeric(policy.effective_to)}
        </div>
      </div>
      <div className="flex flex-col items-end gap-1">
        <span className="tabular">{moneyText(policy.premium)}</span>
        <PolicyStatusChip status={policy.status} />
      </div>
    </div>
  );
}
