import { type Deal, type DealStatus, may } from '@/lib/types';
import type { Tone } from '@/ui/chip';

export const statusTones: Record<DealStatus, Tone> = {
  draft: 'idle',
  calculation: 'info',
  client_decision: 'warn',
  issuance: 'accent',
  active: 'ok',
  closed: 'idle',
};

export type Refusal = DealStatus | 'same' | 'closed_is_final' | 'no_right';

/** Why the server would refuse to move this deal there; nothing when it would not. */
export function refusal(deal: Deal, status: DealStatus): Refusal | undefined {
  if (deal.status === status) return 'same';
  if (deal.allowed_statuses?.includes(status)) return undefined;
  if (deal.status === 'closed') return 'closed_is_final';
  if (!may(deal, 'transition') || (deal.allowed_statuses ?? []).length === 0) return 'no_right';
  return status;
}

/** What a move asks for before it is saved. */
export function asksFor(
  deal: Deal,
  status: DealStatus,
): 'executor' | 'reason' | 'quote' | undefined {
  if (status === 'closed') return 'reason';
  if (status === 'calculation' && !deal.executor_id) return 'executor';
  const forward = deal.status === 'client_decision';
  if (status === 'issuance' && forward && !deal.chosen_calculation_count) return 'quote';
  return undefined;
}

const between = new Set<DealStatus>(['calculation', 'client_decision', 'issuance']);
/** Whether the domain has a way back, so that the move can be returned. */
export const returnable = (from: DealStatus, to: DealStatus) =>
  from !== to && between.has(from) && between.has(to);
