import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { endingQuery, moneyOfWeekQuery, unreadQuery } from '@/lib/data/day';
import { addDays, type Day, formatDay } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { useNumber } from '@/parts/deal_bits';
import { sumText } from '@/parts/list/sums';

/** What is near beside one's own day: renewals by week, money of the week, mentions. */
export function Beside() {
  const { t } = useTranslation('today');
  const { user } = useSession();
  return (
    <aside
      aria-label={t('side')}
      className="flex w-[316px] shrink-0 flex-col gap-6 border-line p-5 max-lg:w-full max-lg:border-t lg:overflow-y-auto lg:border-l lg:bg-canvas max-md:px-4"
    >
      {user.role !== 'finance' && <Renewals />}
      <Money />
      <Mentions />
    </aside>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h2 className="mb-2 text-head">{title}</h2>
    {children}
  </section>
);

/** The caller's own; heads and admins look at all. */
const useOwn = () => {
  const { user } = useSession();
  return user.role === 'agent' || user.role === 'executor' ? user.id : undefined;
};

/** Four weeks and the two days that are left of thirty. */
const weeksOf = (today: Day) =>
  [0, 7, 14, 21, 28].map((start) => ({
    first: addDays(today, start),
    last: addDays(today, Math.min(start + 6, 30)),
  }));

function Renewals() {
  const { t } = useTranslation('today');
  const { today } = useSession();
  const number = useNumber();
  const own = useOwn();
  const weeks = weeksOf(today);
  const counts = useQueries({
    queries: weeks.map(({ first, last }) => endingQuery(first, last, own)),
  });
  if (counts.some(({ data }) => !data)) return null;
  const sizes = counts.map(({ data }) => data?.total_size ?? 0);
  const most = Math.max(...sizes);
  const day = (value: Day) => formatDay(value, currentLocale(), 'short');
  return (
    <Part title={t('renewals')}>
      {most === 0 ? (
        <p className="text-ink2">{t('renewals_none')}</p>
      ) : (
        <ul className="flex flex-col gap-1.5">
          {weeks.map(({ first, last }, at) => (
            <li key={first} className="flex items-center gap-3">
              <span className="tabular w-32 shrink-0 text-small text-ink2">
                {day(first)} – {day(last)}
              </span>
              <span aria-hidden className="h-2 flex-1 rounded-full bg-sunken">
                <span
                  className="block h-2 rounded-full bg-accent"
                  style={{ width: `${((sizes[at] ?? 0) / most) * 100}%` }}
                />
              </span>
              <span className="tabular w-8 text-right font-medium">{number(sizes[at] ?? 0)}</span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

const types = ['client_premium', 'commission_income', 'client_discount', 'executor_fee'] as const;

function Money() {
  const { t } = useTranslation('today');
  const { user, today } = useSession();
  const lead = user.role === 'agent' ? user.id : undefined;
  const { data } = useQuery(moneyOfWeekQuery(today, lead));
  if (!data) return null;
  const shown = types.flatMap((type) => {
    const group = data.groups?.find(({ value }) => value === type);
    const text = sumText(group?.sums, 'amount');
    return text ? [{ type, text }] : [];
  });
  return (
    <Part title={t('money_week')}>
      {shown.length === 0 ? (
        <p className="text-ink2">{t('money_none')}</p>
      ) : (
        <dl className="flex flex-col gap-1.5">
          {shown.map(({ type, text }) => (
            <div key={type} className="flex items-baseline justify-between gap-3">
              <dt className="text-ink2">{t(`payment.${type}`)}</dt>
              <dd className="tabular font-semibold">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </Part>
  );
}

function Mentions() {
  const { t } = useTranslation('today');
  const { data } = useQuery(unreadQuery);
  if (!data) return null;
  const { mentions = 0, unread = 0 } = data;
  return (
    <Part title={t('mentions')}>
      <p className={mentions > 0 ? 'font-medium' : 'text-ink2'}>
        {mentions > 0 ? t('mention_count', { count: mentions }) : t('unread_none')}
      </p>
      {unread > 0 && <p className="text-small text-ink2">{t('unread', { count: unread })}</p>}
    </Part>
  );
}
