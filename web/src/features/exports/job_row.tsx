import { useTranslation } from 'react-i18next';
import { useCancelJob } from '@/lib/data/jobs';
import { type Job, may } from '@/lib/types';
import { JobDownload, JobState } from '@/parts/job_bits';
import { Stamp } from '@/parts/list/stamp';
import { Button } from '@/ui/button';

const lists = [
  'audit/entries',
  'clients',
  'commission_rules',
  'deals',
  'payments',
  'policies',
  'reports/renewals/policies',
  'tasks',
  'users',
] as const;
type Known = (typeof lists)[number];
const isKnown = (list: string): list is Known => (lists as readonly string[]).includes(list);

export function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation('exports');
  const cancel = useCancelJob();
  const name = job.file_name || `${isKnown(job.list) ? t(`list.${job.list}`) : job.list}`;
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-5 py-2.5 max-md:px-4">
      <div className="min-w-0 flex-1 basis-60">
        <p className="truncate font-medium">{name}</p>
        <JobState job={job} />
      </div>
      <span className="text-small text-ink2">
        {(job.format ?? '').toUpperCase()} · <Stamp at={job.created_at} />
      </span>
      <JobDownload job={job} />
      {may(job, 'cancel') && (
        <Button isDisabled={cancel.isPending} onPress={() => cancel.mutate(job)}>
          {t('cancel')}
        </Button>
      )}
    </li>
  );
}
