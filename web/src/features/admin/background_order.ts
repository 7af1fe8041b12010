import type { BackgroundJob } from '@/lib/types';

/** Whether somebody should look at it: it fails, is late, or left rows out. */
export const needsLook = (job: BackgroundJob) =>
  job.state === 'failing' || job.state === 'late' || job.set_aside_count > 0;

/** Those that need a look first, then by service and name. */
export const inOrder = (jobs: BackgroundJob[]) =>
  [...jobs].sort(
    (one, other) =>
      Number(needsLook(other)) - Number(needsLook(one)) ||
      one.service.localeCompare(other.service) ||
      one.name.localeCompare(other.name),
  );
