import { useTranslation } from 'react-i18next';
import { fileAddress } from '@/lib/data/jobs';
import { sentenceOf } from '@/lib/messages';
import { formatNumber } from '@/lib/number';
import { type Job, may, whyNot } from '@/lib/types';
import { buttonClass } from '@/ui/button';
import { Download } from '@/ui/icons';

/** The file of an export, for whom it still is. */
export function JobDownload({ job }: { job: Job }) {
  const { t } = useTranslation('exports');
  if (!may(job, 'download')) return null;
  return (
    <a href={fileAddress(job)} download className={buttonClass('plain')}>
      <Download />
      {t('download')}
    </a>
  );
}

/** How far an export is, how large its file became, or why there is none. */
export function JobState({ job }: { job: Job }) {
  const { t } = useTranslation('exports');
  const done = job.rows_done ?? 0;
  const total = job.rows_total ?? 0;
  if (job.status === 'running') {
    const text = t('running', { done: formatNumber(done), total: formatNumber(total) });
    return (
      <p className="flex flex-wrap items-center gap-2 text-small text-ink2">
        <progress
          aria-label={text}
          value={Math.min(done, total)}
          max={Math.max(total, 1)}
          className="h-1.5 w-32 accent-accent"
        />
        <span className="tabular">{text}</span>
      </p>
    );
  }
  if (job.status === 'failed') {
    return <p className="text-small text-bad">{sentenceOf(job.error)}</p>;
  }
  if (job.status === 'done') {
    const rows = t('rows', { count: done, formatted: formatNumber(done) });
    return (
      <p className="tabular text-small text-ink2">
        {rows} · {sizeText(job.file_size ?? 0)}
        {!may(job, 'download') && <> · {sentenceOf(whyNot(job, 'download'))}</>}
      </p>
    );
  }
  return (
    <p className="text-small text-ink2">{t(job.status === 'cancelled' ? 'cancelled' : 'queued')}</p>
  );
}

const kilo = 1024;
function sizeText(bytes: number): string {
  const big = bytes >= kilo * kilo;
  const amount = Math.max(big ? bytes / kilo / kilo : bytes / kilo, 0.1);
  const unit = big ? 'megabyte' : 'kilobyte';
  return formatNumber(amount, {
    style: 'unit',
    unit,
    maximumFractionDigits: amount < 10 ? 1 : 0,
  });
}
