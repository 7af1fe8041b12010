import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { atRiskQuery, overduePaymentsQuery, queueQuery, toConfirmQuery } from '@/lib/data/day';
import { lazy } from '@/lib/lazy';
import { useSession } from '@/lib/session';
import type { Role } from '@/lib/types';
import { settled, useTeamLoad } from './use_team_load';

const loads = {
  load: () => import('./team_load'),
  risk: () => import('./at_risk'),
  queue: () => import('./queue'),
  confirm: () => import('./to_confirm'),
};
const TeamLoad = lazy(() => loads.load().then(({ TeamLoad }) => ({ default: TeamLoad })));
const AtRisk = lazy(() => loads.risk().then(({ AtRisk }) => ({ default: AtRisk })));
const Queue = lazy(() => loads.queue().then(({ Queue }) => ({ default: Queue })));
const ToConfirm = lazy(() => loads.confirm().then(({ ToConfirm }) => ({ default: ToConfirm })));

/** What a role begins the day with, above what everybody has. */
export function RoleParts({ role }: { role: Role }) {
  return (
    <>
      {role === 'finance' && <ToConfirm />}
      {role === 'head' && <TeamLoad />}
      {role === 'head' && <AtRisk />}
      {role === 'executor' && <Queue />}
    </>
  );
}

/** Whether they know what they say: until then the rows below would be pushed down by them. */
export function useRolePartsReady(): boolean {
  const { user, today } = useSession();
  const finance = user.role === 'finance';
  const head = user.role === 'head';
  const executor = user.role === 'executor';
  useEffect(() => {
    if (finance) void loads.confirm();
    if (head) void Promise.all([loads.load(), loads.risk()]);
    if (executor) void loads.queue();
  }, [finance, head, executor]);
  const toConfirm = useInfiniteQuery({ ...toConfirmQuery, enabled: finance });
  const late = useInfiniteQuery({ ...overduePaymentsQuery, enabled: finance });
  const load = useTeamLoad(head);
  const risk = useQuery({ ...atRiskQuery(today), enabled: head });
  const queue = useInfiniteQuery({ ...queueQuery(user.id), enabled: executor });
  if (finance) return settled(toConfirm) && settled(late);
  if (head) return load.ready && settled(risk);
  return !executor || settled(queue);
}
