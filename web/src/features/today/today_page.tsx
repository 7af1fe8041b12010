import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dealCountQuery, dealListQuery } from '@/lib/data/deals';
import { all, from, is, not } from '@/lib/filter';
import { useFlash } from '@/lib/flash';
import { useKeys } from '@/lib/keys';
import { useSession } from '@/lib/session';
import type { Deal } from '@/lib/types';
import { DealStatusChip, Due, useMoveText, useNumber, WhoseMove } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { keepPlace } from '@/parts/place';
import {
  finishStep,
  mayPostpone,
  PostponeDialog,
  PostponeMenu,
  postponeTo,
} from '@/parts/postpone';
import { Button, IconButton } from '@/ui/button';
import { cx } from '@/ui/cx';
import { Check, Clock } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { type GroupName, groupDeals } from './groups';

export function TodayPage() {
  const { t } = useTranslation(['deals', 'common']);
  const { user, today } = useSession();
  const number = useNumber();
  const mine = all(is('member_id', user.id), not('status', 'closed'));
  const dated = all(mine, from('deadline_on', '2000-01-01'));
  const list = useInfiniteQuery(dealListQuery({ filter: dated, order_by: 'deadline_on' }));
  const everything = useQuery(dealCountQuery(mine)).data?.size ?? 0;
  const deals = list.data?.pages.flatMap((page) => page.deals ?? []);
  const total = list.data?.pages[0]?.total_size ?? 0;
  const groups = groupDeals(deals ?? [], today);
  const pressing = (groups.get('overdue')?.length ?? 0) + (groups.get('today')?.length ?? 0);
  useDayKeys(deals ?? []);
  return (
    <>
      <PageHead
        title={t('deals:today.title')}
        note={deals && t('deals:today.note', { count: pressing, formatted: number(pressing) })}
      />
      <section
        aria-label={t('deals:today.title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto border-t border-line px-5 pb-8 focus-visible:-outline-offset-2 max-md:px-0"
      >
        {list.error && !deals && (
          <ErrorState failure={list.error} onRetry={() => void list.refetch()} />
        )}
        {!deals && !list.error && <RowsSkeleton />}
        {deals && pressing === 0 && <Done next={deals[0]} />}
        {[...groups].map(([name, items]) => (
          <Group key={name} name={name} deals={items} />
        ))}
        {list.hasNextPage && (
          <Button
            variant="quiet"
            isPending={list.isFetchingNextPage}
            onPress={() => void list.fetchNextPage()}
          >
            {t('common:next_page')}
          </Button>
        )}
        {deals && everything > total && (
          <p className="py-4 max-md:px-4">
            <Link
              to="/deals"
              search={{ layout: 'table', view: 'mine', sort: 'created_at desc' }}
              className="inline-flex min-h-6 items-center text-accent-ink hover:underline"
            >
              {t('deals:today.no_date', {
                count: everything - total,
                formatted: number(everything - total),
              })}
            </Link>
          </p>
        )}
      </section>
      <PostponeDialog />
    </>
  );
}

function Done({ next }: { next: Deal | undefined }) {
  const { t } = useTranslation('deals');
  return (
    <EmptyState
      title={t('today.empty')}
      text={next?.deadline ? <Due day={next.deadline.date} /> : t('today.empty_none')}
    />
  );
}

function Group({ name, deals }: { name: GroupName; deals: Deal[] }) {
  const { t } = useTranslation('deals');
  return (
    <section aria-labelledby={`group-${name}`} className="pt-4">
      <h2
        id={`group-${name}`}
        className={cx(
          'mb-1 flex items-center gap-2 text-head max-md:px-4',
          name === 'overdue' && 'text-bad',
        )}
      >
        {t(`today.group.${name}`)}
        <span className="tabular text-small font-normal text-ink3">{deals.length}</span>
      </h2>
      <ul className="divide-y divide-line">
        {deals.map((deal) => (
          <Row key={deal.id} deal={deal} all={deals} />
        ))}
      </ul>
    </section>
  );
}

function Row({ deal, all: siblings }: { deal: Deal; all: Deal[] }) {
  const { t } = useTranslation('deals');
  const moveText = useMoveText();
  const flashing = useFlash(deal.id);
  return (
    <li
      data-row={deal.id}
      className={cx(
        'group relative flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 rounded-chip py-2 hover:bg-hover max-md:px-4',
        flashing && 'flash',
      )}
    >
      <div className="min-w-0 flex-1 max-md:basis-full">
        <p className="flex items-center gap-2">
          <Link
            to="/deals/$dealId"
            params={{ dealId: deal.id }}
            onClick={() => keepPlace(siblings.map(({ id }) => id))}
            className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {deal.client_name || deal.title}
          </Link>
          <DealStatusChip status={deal.status} />
        </p>
        <p className="truncate text-small text-ink2">
          {moveText(deal)} · {deal.title}
        </p>
      </div>
      <WhoseMove deal={deal} />
      <span className="w-28 text-right max-md:w-auto">
        <Due day={deal.deadline?.date} />
      </span>
      {mayPostpone(deal) && (
        <span className="relative z-10 flex gap-1">
          <Button icon={<Check />} onPress={() => finishStep(deal)}>
            {t('done')}
          </Button>
          <PostponeMenu
            deal={deal}
            trigger={
              <IconButton label={t('postpone')} keys="H">
                <Clock />
              </IconButton>
            }
          />
        </span>
      )}
    </li>
  );
}

function useDayKeys(deals: Deal[]) {
  const navigate = useNavigate();
  const current = () => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]');
    return deals.find(({ id }) => id === row?.dataset.row);
  };
  const step = (by: 1 | -1) => () => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-row] a')];
    const at = links.findIndex((link) =>
      link.closest('[data-row]')?.contains(document.activeElement),
    );
    links[at < 0 ? 0 : at + by]?.focus();
  };
  const withCurrent = (act: (deal: Deal) => void) => () => {
    const deal = current();
    if (deal) act(deal);
  };
  useKeys({
    KeyJ: step(1),
    KeyK: step(-1),
    KeyH: withCurrent((deal) => mayPostpone(deal) && postponeTo(deal)),
    KeyE: withCurrent((deal) => mayPostpone(deal) && finishStep(deal)),
    Enter: withCurrent(
      (deal) => void navigate({ to: '/deals/$dealId', params: { dealId: deal.id } }),
    ),
  });
}
