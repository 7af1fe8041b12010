import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { awaited, fileAddress, isOpen, jobsQuery } from '@/lib/data/jobs';
import { sentenceOf } from '@/lib/messages';
import { toast } from '@/lib/toast';

/** Says when what was started here has ended. */
export function ExportsWatch() {
  const { t } = useTranslation('exports');
  const { data } = useQuery(jobsQuery);
  useEffect(() => {
    for (const job of data ?? []) {
      if (isOpen(job) || !awaited.delete(job.id)) continue;
      if (job.status === 'failed') toast(sentenceOf(job.error), { tone: 'bad' });
      if (job.status !== 'done') continue;
      toast(t('ready', { name: job.file_name }), {
        download: { label: t('download'), address: fileAddress(job) },
      });
    }
  }, [data, t]);
  return null;
}
