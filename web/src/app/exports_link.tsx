import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isOpen, jobsQuery } from '@/lib/data/jobs';
import { Download } from '@/ui/icons';

/** Where the files of exports are; nothing when there are none. */
export function ExportsLink() {
  const { t } = useTranslation('exports');
  const jobs = useQuery(jobsQuery).data ?? [];
  if (jobs.length === 0) return null;
  const open = jobs.filter(isOpen);
  const done = open.reduce((sum, job) => sum + (job.rows_done ?? 0), 0);
  const total = open.reduce((sum, job) => sum + (job.rows_total ?? 0), 0);
  const percent = Math.min(99, Math.round((100 * done) / Math.max(total, 1)));
  return (
    <Link
      to="/exports"
      title={t('title')}
      className="relative mb-0.5 flex h-8 items-center gap-2.5 rounded-control px-2 text-ink2 hover:bg-hover hover:text-ink max-lg:justify-center max-lg:px-0 data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent-ink"
    >
      <Download />
      <span className="max-lg:sr-only">{t('title')}</span>
      {open.length > 0 && (
        <span className="tabular ml-auto text-chip text-ink2 max-lg:sr-only">{percent} %</span>
      )}
    </Link>
  );
}
