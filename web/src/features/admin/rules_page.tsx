import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ruleInsurersQuery, ruleResource } from '@/lib/data/commission_rules';
import { type CommissionRule, products } from '@/lib/data/payments';
import { lazy } from '@/lib/lazy';
import { useRole } from '@/lib/session';
import { ListPage } from '@/parts/list/list_page';
import type { ColumnOf, ListOf } from '@/parts/list/types';
import { dayText } from '@/parts/payment_bits';
import { Button } from '@/ui/button';
import { Plus } from '@/ui/icons';
import { EmptyState } from '@/ui/states';
import { AdminTabs } from './admin_tabs';
import { useRuleWords } from './rule_words';

const EditRule = lazy(() => import('./edit_rule').then(({ EditRule }) => ({ default: EditRule })));
const RulePreviewer = lazy(() =>
  import('./rule_preview').then(({ RulePreviewer }) => ({ default: RulePreviewer })),
);

/** What insurers pay, and who wins among the rules. */
export function RulesPage() {
  const { t } = useTranslation('money');
  const role = useRole();
  const [edited, setEdited] = useState<CommissionRule | 'new'>();
  const writes = role === 'admin';
  const create = writes && (
    <Button variant="primary" icon={<Plus />} onPress={() => setEdited('new')}>
      {t('rule_new')}
    </Button>
  );
  return (
    <ListPage
      list={useRuleList(setEdited)}
      actions={create}
      above={
        <>
          <AdminTabs current="rules" />
          <Suspense fallback={<div className="h-20 border-b border-line" />}>
            <RulePreviewer />
          </Suspense>
        </>
      }
    >
      <Suspense>
        {edited && (
          <EditRule
            rule={edited === 'new' ? undefined : edited}
            readOnly={!writes}
            onClose={() => setEdited(undefined)}
          />
        )}
      </Suspense>
    </ListPage>
  );
}

const kinds = ['any', 'new', 'renewal'] as const;
function useRuleList(open: (rule: CommissionRule) => void): ListOf<CommissionRule> {
  const { t } = useTranslation('money');
  const insurers = useQuery(ruleInsurersQuery).data ?? [];
  return {
    resource: ruleResource,
    title: t('rules'),
    count: (count, formatted) => t('rules_count', { count, formatted }),
    columns: useColumns(),
    fields: [
      {
        id: 'insurer_id',
        label: t('insurer'),
        kind: 'enum',
        options: insurers.map(({ id, name }) => ({ id, label: name })),
      },
      {
        id: 'product',
        label: t('product'),
        kind: 'enum',
        options: products.map((id) => ({ id, label: t(`product_is.${id}`) })),
      },
      {
        id: 'kind',
        label: t('kind'),
        kind: 'enum',
        options: kinds.map((id) => ({ id, label: t(`kind_is.${id}`) })),
      },
      { id: 'valid_from', label: t('valid_from'), kind: 'date' },
    ],
    views: [{ id: 'all', label: t('view.all'), sort: 'valid_from desc' }],
    open,
    phoneRow: (rule) => <PhoneRow rule={rule} />,
    empty: <EmptyState title={t('rules_empty')} text={t('rules_empty_text')} />,
    emptyFiltered: t('rules_empty_filtered'),
  };
}

function useColumns(): ColumnOf<CommissionRule>[] {
  const { t } = useTranslation('money');
  const words = useRuleWords();
  return [
    { id: 'insurer', file: 'insurer_id', label: t('insurer'), cell: words.insurer },
    { id: 'product', file: 'product', label: t('product'), cell: words.product },
    { id: 'kind', file: 'kind', label: t('kind'), width: 130, cell: words.kind },
    {
      id: 'rate',
      file: ['rate_percent', 'fixed_amount'],
      label: t('rate'),
      width: 120,
      end: true,
      cell: (rule) => <span className="tabular">{words.rate(rule)}</span>,
    },
    {
      id: 'from',
      file: 'valid_from',
      label: t('valid_from'),
      width: 120,
      cell: ({ valid_from }) => <span className="tabular">{dayText(valid_from)}</span>,
    },
    {
      id: 'to',
      file: 'valid_to',
      label: t('valid_to'),
      width: 120,
      cell: ({ valid_to }) => valid_to && <span className="tabular">{dayText(valid_to)}</span>,
    },
    {
      id: 'payout',
      file: 'payout_days',
      label: t('payout_days'),
      width: 110,
      end: true,
      cell: ({ payout_days }) => <span className="tabular">{payout_days ?? 0}</span>,
    },
    {
      id: 'version',
      file: 'version',
      label: t('version'),
      width: 90,
      end: true,
      cell: ({ version }) => <span className="tabular">{version}</span>,
    },
  ];
}

function PhoneRow({ rule }: { rule: CommissionRule }) {
  const words = useRuleWords();
  return (
    <div className="flex items-center justify-between gap-2">
      <span className="min-w-0">
        <span className="block truncate font-medium">{words.insurer(rule)}</span>
        <span className="block truncate text-small text-ink2">
          {words.product(rule)} · {words.kind(rule)}
        </span>
      </span>
      <span className="tabular font-medium">{words.rate(rule)}</span>
    </div>
  );
}
