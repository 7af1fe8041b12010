import { useTranslation } from 'react-i18next';
import { type Policy, renewalStates } from '@/lib/data/policies';
import { renewPolicies } from '@/lib/data/renewals';
import { lazy } from '@/lib/lazy';
import { may } from '@/lib/types';
import { useCalendarLayout } from '@/parts/calendar/calendar_layout';
import { Due } from '@/parts/deal_bits';
import type { BuiltView, ColumnOf, ListOf, QuickProps } from '@/parts/list/types';
import { dayNumeric, moneyText } from '@/parts/policies/bits';
import { RenewalDealLink } from '@/parts/policies/renewal_deal';
import { BoardIcon } from '@/ui/icons';
import { Segmented } from '@/ui/segmented';
import { EmptyState } from '@/ui/states';
import { NameLink, usePolicyList } from './policy_list';
import { PremiumChange, ReadyQuotes, RenewalChip, RenewalStep } from './renewal_bits';
import { daysOf, windowIn, withWindow } from './renewal_windows';

const RenewalBoard = lazy(() =>
  import('./renewal_board').then(({ RenewalBoard }) => ({ default: RenewalBoard })),
);
const RenewalCalendar = lazy(() =>
  import('./renewal_calendar').then(({ RenewalCalendar }) => ({ default: RenewalCalendar })),
);

/** Policies that end soon or ended without a renewal: calendar, table and board of one query. */
export function useRenewalList(): ListOf<Policy> {
  const { t } = useTranslation('policies');
  const list = usePolicyList();
  const calendar = useCalendarLayout((drawn) => <RenewalCalendar {...drawn} />);
  return {
    ...list,
    title: t('renewals_title'),
    columns: useColumns(),
    views: useViews(),
    groupings: [
      {
        id: 'renewal_state',
        label: t('renewal'),
        order: renewalStates,
        valueLabel: (value) => t(`renewal_is.${value as 'upcoming'}`),
      },
      ...(list.groupings ?? []),
    ],
    layouts: [
      calendar,
      {
        id: 'board',
        label: t('board'),
        icon: <BoardIcon />,
        draw: (drawn) => <RenewalBoard {...drawn} />,
      },
    ],
    quick: (shown) => <Windows {...shown} />,
    bulk: [
      {
        id: 'renew',
        label: t('renew_all'),
        careful: true,
        skip: (policy) => (may(policy, 'renew') ? undefined : t('not_renewable')),
        run: (rows) => renewPolicies(rows),
      },
    ],
    // What was closed before its end is nobody's renewal.
    fixed: 'status != "draft" AND renewal_state != "ended"',
    phoneRow: (policy) => <PhoneRow policy={policy} />,
    empty: <EmptyState title={t('renewals_empty')} text={t('renewals_empty_text')} />,
  };
}

function useViews(): [BuiltView, ...BuiltView[]] {
  const { t } = useTranslation('policies');
  const view = (id: 'soon' | 'expiring' | 'lapsed', f: string): BuiltView => ({
    id,
    label: t(`view.${id}`),
    f,
    sort: 'effective_to',
  });
  return [
    view('expiring', 'effective_to.between.today.%2B30'),
    view('soon', 'effective_to.between.%2B31.%2B90'),
    {
      ...view('lapsed', 'effective_to.between.-90.-1*renewal_state.not.renewed'),
      sort: 'effective_to desc',
      urgent: true,
    },
  ];
}

/** 90, 60, 30 or 7 days, as they fit the tab. */
function Windows({ view, filter, setFilter }: QuickProps) {
  const { t } = useTranslation('policies');
  const days = daysOf(view);
  if (days.length === 0) return null;
  return (
    <Segmented
      label={t('window')}
      hideLabel
      value={String(windowIn(filter, view) ?? '')}
      onChange={(value) => setFilter(withWindow(filter, view, Number(value)))}
      options={days.map((count) => ({ value: String(count), label: t('window_days', { count }) }))}
    />
  );
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
      id: 'product',
      file: 'product',
      label: t('product'),
      width: 100,
      cell: ({ product }) => t(`product_is.${product}`),
    },
    {
      id: 'insurer',
      file: 'insurer_name',
      label: t('insurer'),
      width: 140,
      cell: ({ insurer_name }) => insurer_name,
    },
    {
      id: 'effective_to',
      file: 'effective_to',
      label: t('effective_to'),
      width: 124,
      sort: 'effective_to',
      cell: ({ effective_to }) => <Due day={effective_to} />,
    },
    {
      id: 'premium',
      file: 'premium',
      label: t('old_premium'),
      width: 124,
      sort: 'premium',
      sum: 'premium',
      end: true,
      cell: ({ premium }) => <span className="tabular">{moneyText(premium)}</span>,
    },
    {
      id: 'quotes',
      file: 'ready_quotes',
      label: t('quotes_ready'),
      width: 90,
      cell: (policy) => <ReadyQuotes policy={policy} />,
    },
    {
      id: 'change',
      file: ['premium_change', { field: 'at_risk', title: t('risk') }],
      label: t('premium_change'),
      width: 140,
      sort: 'premium_change',
      cell: (policy) => <PremiumChange policy={policy} />,
    },
    {
      id: 'step',
      file: 'renewal_state',
      label: t('renewal'),
      width: 264,
      cell: (policy) => <RenewalStep policy={policy} />,
    },
    {
      id: 'lead',
      file: 'lead_agent_name',
      label: t('lead'),
      width: 140,
      cell: ({ lead_agent_name }) => lead_agent_name,
    },
    {
      id: 'number',
      file: 'number',
      label: t('number'),
      width: 150,
      sort: 'number',
      hidden: true,
      cell: ({ number }) => <span className="tabular text-ink2">{number}</span>,
    },
  ];
}

function PhoneRow({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  return (
    <div className="flex min-w-0 items-center justify-between gap-2">
      <div className="min-w-0 truncate">
        <NameLink policy={policy} />
        <div className="truncate text-small text-ink2">
          {t(`product_is.${policy.product}`)} · {dayNumeric(policy.effective_to)}
        </div>
      </div>
      <div className="flex flex-col items-end gap-1">
        <span className="tabular">{moneyText(policy.premium)}</span>
        {policy.renewal_deal_id && !policy.successor_id ? (
          <RenewalDealLink policy={policy} />
        ) : (
          <RenewalChip state={policy.renewal_state} />
        )}
      </div>
    </div>
  );
}
