import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { jobsQuery } from '@/lib/data/jobs';
import { PageHead } from '@/parts/page';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { JobRow } from './job_row';

/** One's own exports of the last day: how far they are, and their files. */
export function ExportsPage() {
  const { t } = useTranslation('exports');
  const jobs = useQuery(jobsQuery);
  return (
    <>
      <PageHead title={t('title')} note={t('kept')} />
      <section
        aria-label={t('title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto border-t border-line focus-visible:-outline-offset-2"
      >
        {jobs.isPending && <RowsSkeleton rows={4} />}
        {jobs.isError && <ErrorState failure={jobs.error} onRetry={() => void jobs.refetch()} />}
        {jobs.data?.length === 0 && <EmptyState title={t('empty')} text={t('empty_text')} />}
        {jobs.data && jobs.data.length > 0 && (
          <ul>
            {jobs.data.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
