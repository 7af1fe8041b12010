import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { backgroundJobsQuery } from '@/lib/data/background';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { BackgroundJob } from '@/lib/types';
import { useNumber } from '@/parts/deal_bits';
import { PageHead } from '@/parts/page';
import { cx } from '@/ui/cx';
import { ErrorState, RowsSkeleton } from '@/ui/states';
import { AdminTabs } from './admin_tabs';
import { inOrder, needsLook } from './background_order';

/** What the services do unasked: when each job ran last, what failed and what it left out. */
export function BackgroundPage() {
  const { t } = useTranslation('admin');
  const { data, error, refetch } = useQuery(backgroundJobsQuery);
  const jobs = data && inOrder(data.background_jobs ?? []);
  const columns = ['service', 'job', 'period', 'last_run', 'state', 'set_aside'] as const;
  return (
    <>
      <PageHead title={t('background.title')} />
      <AdminTabs current="background" />
      <section
        aria-label={t('background.title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto px-5 pb-8 focus-visible:-outline-offset-2 max-md:px-4"
      >
        <p className="max-w-2xl py-3 text-ink2">{t('background.text')}</p>
        {data?.missing && data.missing.length > 0 && (
          <p role="status" className="pb-3 text-warn">
            {t('background.missing', { names: data.missing.join(', ') })}
          </p>
        )}
        {error && !data && <ErrorState failure={error} onRetry={() => void refetch()} />}
        {!data && !error && <RowsSkeleton />}
        {jobs && (
          <table className="w-full max-w-6xl text-left">
            <thead>
              <tr className="border-b border-line text-small text-ink2">
                {columns.map((column) => (
                  <th key={column} scope="col" className="py-2 pr-4 font-medium">
                    {t(`background.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {jobs.map((job) => (
                <JobRow key={`${job.service}.${job.name}`} job={job} />
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

function JobRow({ job }: { job: BackgroundJob }) {
  const { t, i18n } = useTranslation('admin');
  const { time_zone, today } = useSession();
  const number = useNumber();
  const time = (instant?: string) =>
    instant ? formatInstant(instant, currentLocale(), time_zone, today) : '—';
  const key = `background.jobs.${job.name}`;
  return (
    <tr className="align-top">
      <td className="py-2 pr-4 text-ink2">{job.service}</td>
      <td className="py-2 pr-4 font-medium">
        {i18n.exists(`admin:${key}`) ? t(key as 'background.jobs.forget_old_work') : job.name}
      </td>
      <td className="tabular py-2 pr-4 text-ink2">
        {job.at
          ? t('background.daily', { at: job.at })
          : t('background.seconds', { formatted: number(job.period_seconds) })}
      </td>
      <td className="tabular py-2 pr-4 text-ink2">{time(job.last_run_at)}</td>
      <td className={cx('py-2 pr-4', needsLook(job) ? 'text-warn' : 'text-ink2')}>
        {t(`background.states.${job.state}`)}
        {job.state === 'failing' && (
          <span className="block text-small">
            {job.failure} · {time(job.last_failure_at)}
          </span>
        )}
      </td>
      <td className="tabular py-2">
        {number(job.set_aside_count)}
        {job.set_aside?.map((row) => (
          <span key={row.subject_id} className="block text-small text-ink2">
            {row.subject_id}: {row.reason}
          </span>
        ))}
      </td>
    </tr>
  );
}
