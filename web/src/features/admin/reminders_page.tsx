import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OneDay, reminderCountsQuery } from '@/lib/data/reminders';
import { formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import { useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { cx } from '@/ui/cx';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { AdminTabs } from './admin_tabs';
import { daysOf, type ReminderDay, type RuleOfDay } from './reminder_days';

const ReminderPanel = lazy(() =>
  import('./reminder_panel').then(({ ReminderPanel }) => ({ default: ReminderPanel })),
);
const ahead = 30;

/** The dry run of the clock: what will be told in the next 30 days, and why. */
export function RemindersPage() {
  const { t } = useTranslation('admin');
  const number = useNumber();
  const [opened, setOpened] = useState<OneDay>();
  const { data, error, refetch } = useQuery(reminderCountsQuery(ahead));
  const days = data && daysOf(data.counts ?? []);
  const total = days?.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <>
      <PageHead
        title={t('reminders.title')}
        note={days && t('reminders.count', { count: total, formatted: number(total) })}
      />
      <AdminTabs current="reminders" />
      <section
        aria-label={t('reminders.title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto px-5 pb-8 focus-visible:-outline-offset-2 max-md:px-4"
      >
        <p className="max-w-2xl py-3 text-ink2">{t('reminders.text')}</p>
        {data?.missing && data.missing.length > 0 && (
          <p role="status" className="pb-3 text-warn">
            {t('reminders.missing', { names: data.missing.join(', ') })}
          </p>
        )}
        {error && !data && <ErrorState failure={error} onRetry={() => void refetch()} />}
        {!data && !error && <RowsSkeleton />}
        {days?.length === 0 && <EmptyState title={t('reminders.empty')} />}
        {days?.map((day) => (
          <Day key={day.on} day={day} opened={opened} onOpen={setOpened} />
        ))}
      </section>
      <Suspense>
        {opened && (
          <ReminderPanel
            key={`${opened.on}${opened.rule}`}
            day={opened}
            onClose={() => setOpened(undefined)}
          />
        )}
      </Suspense>
    </>
  );
}

interface DayProps {
  day: ReminderDay;
  opened: OneDay | undefined;
  onOpen: (day: OneDay) => void;
}
function Day({ day, opened, onOpen }: DayProps) {
  const { t } = useTranslation('common');
  const { today } = useSession();
  const number = useNumber();
  return (
    <section aria-labelledby={`day-${day.on}`} className="max-w-3xl pt-3">
      <h2 id={`day-${day.on}`} className="mb-1 flex items-center gap-2 text-head">
        {formatDay(day.on, currentLocale())}
        {day.on === today && <span className="text-small text-ink3">{t('today')}</span>}
        <span className="tabular text-small font-normal text-ink3">{number(day.count)}</span>
      </h2>
      <ul className="divide-y divide-line">
        {day.rules.map((rule) => (
          <li key={rule.rule}>
            <RuleRow
              rule={rule}
              isOpen={opened?.on === day.on && opened.rule === rule.rule}
              onOpen={() => onOpen({ on: day.on, rule: rule.rule })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RuleRowProps {
  rule: RuleOfDay;
  isOpen: boolean;
  onOpen: () => void;
}
function RuleRow({ rule, isOpen, onOpen }: RuleRowProps) {
  const { t } = useTranslation('admin');
  const number = useNumber();
  const offsets = useOffsets();
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onOpen}
      className={cx(
        'flex min-h-11 w-full items-center gap-3 rounded-chip px-2 py-1.5 text-left',
        isOpen ? 'bg-select' : 'hover:bg-hover',
      )}
    >
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{t(`reminders.rule.${rule.rule}`)}</span>
        <span className="block text-small text-ink2">
          {rule.offsets.map(({ days }) => offsets(days)).join(', ')}
        </span>
      </span>
      <span className="tabular text-ink2">{number(rule.count)}</span>
    </button>
  );
}

/** «за 3 дня», «в тот же день», «через 5 дней после». */
export function useOffsets() {
  const { t } = useTranslation('admin');
  return (days: number) => {
    if (days === 0) return t('reminders.on_the_day');
    return days < 0
      ? t('reminders.before', { count: -days })
      : t('reminders.after', { count: days });
  };
}
