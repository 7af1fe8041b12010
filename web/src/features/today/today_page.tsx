import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dueKind } from '@/lib/dates';
import { useKeys } from '@/lib/keys';
import { useSession } from '@/lib/session';
import { dayText, useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { finishStep, mayPostpone, PostponeDialog, postponeTo } from '@/parts/postpone';
import { askAbout, TaskDialogs } from '@/parts/tasks/actions';
import { Button, buttonClass } from '@/ui/button';
import { cx } from '@/ui/cx';
import { ChevronDown } from '@/ui/icons';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { Beside } from './beside';
import { DayRow } from './day_row';
import type { DayItem, GroupName } from './items';
import { RoleParts, useRolePartsReady } from './role_parts';
import { useDay } from './use_day';

export function TodayPage() {
  const { t } = useTranslation(['today', 'common']);
  const { user } = useSession();
  const number = useNumber();
  const day = useDay();
  const { items, groups } = day;
  const ready = useRolePartsReady() && day.loaded;
  const pressing = (groups.get('overdue')?.length ?? 0) + (groups.get('today')?.length ?? 0);
  useDayKeys(items);
  return (
    <>
      <PageHead
        title={t('today:title')}
        note={
          day.loaded ? t('today:note', { count: pressing, formatted: number(pressing) }) : '\u00a0'
        }
      />
      <div className="flex min-h-0 flex-1 overflow-y-auto border-t border-line max-lg:flex-col">
        <section
          aria-label={t('today:title')}
          tabIndex={0}
          className="min-w-0 flex-1 px-5 pb-8 focus-visible:-outline-offset-2 max-lg:min-h-[100dvh] max-lg:flex-none max-md:px-0 lg:overflow-y-auto"
        >
          {day.failure !== undefined && <ErrorState failure={day.failure} onRetry={day.retry} />}
          <Suspense fallback={<RowsSkeleton />}>
            {ready ? (
              <>
                <RoleParts role={user.role} />
                {pressing === 0 && user.role !== 'head' && <Done items={items} />}
                {[...groups].map(([name, found]) => (
                  <Group key={name} name={name} items={found} />
                ))}
              </>
            ) : (
              <RowsSkeleton />
            )}
          </Suspense>
          {ready && day.more && (
            <Button
              variant="quiet"
              isPending={day.more.isFetchingNextPage}
              onPress={() => void day.more?.fetchNextPage()}
            >
              {t('common:next_page')}
            </Button>
          )}
          {ready && day.undated > 0 && (
            <p className="py-4 max-md:px-4">
              <Link
                to="/deals"
                search={{ layout: 'table', view: 'mine', sort: 'created_at desc' }}
                className="inline-flex min-h-6 items-center text-accent-ink hover:underline"
              >
                {t('today:no_date', { count: day.undated, formatted: number(day.undated) })}
              </Link>
            </p>
          )}
        </section>
        <Beside />
      </div>
      <PostponeDialog />
      <TaskDialogs />
    </>
  );
}

/** Nothing presses: then what is nearest, and how much of it. */
function Done({ items }: { items: DayItem[] }) {
  const { t } = useTranslation(['today', 'common']);
  const { today } = useSession();
  const number = useNumber();
  const day = items[0]?.day;
  if (!day) {
    return (
      <EmptyState
        title={t('today:empty')}
        text={t('today:empty_none')}
        action={
          <Link to="/deals" className={buttonClass('plain')}>
            {t('common:nav.deals')}
          </Link>
        }
      />
    );
  }
  const count = items.filter((item) => item.day === day).length;
  const tomorrow = dueKind(day, today) === 'tomorrow';
  const when = tomorrow ? t('common:due.tomorrow') : dayText(day, today);
  const next = { count, formatted: number(count), when };
  return <EmptyState title={t('today:empty')} text={t('today:empty_next', next)} />;
}

function Group({ name, items }: { name: GroupName; items: DayItem[] }) {
  const { t } = useTranslation('today');
  const [open, setOpen] = useState(name !== 'waiting');
  const head = (
    <>
      {t(`group.${name}`)}
      <span className="tabular text-small font-normal text-ink3">{items.length}</span>
    </>
  );
  return (
    <section aria-labelledby={`group-${name}`} className="pt-4">
      <h2
        id={`group-${name}`}
        className={cx('mb-1 text-head max-md:px-4', name === 'overdue' && 'text-bad')}
      >
        {name === 'waiting' ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex min-h-6 items-center gap-2 hover:text-ink2"
          >
            {head}
            <span aria-hidden className={cx('inline-flex', !open && '-rotate-90')}>
              <ChevronDown />
            </span>
          </button>
        ) : (
          <span className="flex items-center gap-2">{head}</span>
        )}
      </h2>
      {open && (
        <ul className="divide-y divide-line">
          {items.map((item) => (
            <DayRow key={item.kind + item.id} item={item} siblings={items} />
          ))}
        </ul>
      )}
    </section>
  );
}

function useDayKeys(items: DayItem[]) {
  const navigate = useNavigate();
  const current = () => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]');
    return items.find(({ id }) => id === row?.dataset.row);
  };
  const step = (by: 1 | -1) => () => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-row] a')];
    const at = links.findIndex((link) =>
      link.closest('[data-row]')?.contains(document.activeElement),
    );
    links[at < 0 ? 0 : at + by]?.focus();
  };
  const withCurrent = (act: (item: DayItem) => void) => () => {
    const item = current();
    if (item) act(item);
  };
  useKeys({
    KeyJ: step(1),
    KeyK: step(-1),
    KeyH: withCurrent((item) => {
      if (item.kind === 'deal' && mayPostpone(item.deal)) postponeTo(item.deal);
      if (item.kind === 'task') askAbout('date', item.task);
    }),
    KeyE: withCurrent((item) => {
      if (item.kind === 'deal' && mayPostpone(item.deal)) finishStep(item.deal);
      if (item.kind === 'task' && item.task.allowed_statuses?.includes('done')) {
        askAbout('done', item.task);
      }
    }),
    Enter: withCurrent((item) => {
      if (item.kind === 'task') {
        void navigate({ to: '/tasks/$taskId', params: { taskId: item.task.id } });
        return;
      }
      const dealId = item.kind === 'deal' ? item.deal.id : item.payment.deal_id;
      if (dealId) void navigate({ to: '/deals/$dealId', params: { dealId } });
    }),
  });
}
