import type { MemberFunction, Role } from '@/lib/types';

/** The interface hides what the services would refuse; the decision is theirs. */
export const mayCreate = (role: Role | undefined) => role === 'agent' || role === 'admin';
export const mayPlanMoney = (role: Role | undefined) => mayCreate(role) || role === 'finance';
export const mayConfirmMoney = (role: Role | undefined) => role === 'finance' || role === 'admin';
export const mayWork = (role: Role | undefined) => mayCreate(role) || role === 'executor';
export const mayReadReports = (role: Role | undefined) => role !== undefined && role !== 'executor';

/** Who may take which part in a deal. */
export const rolesOf: Record<MemberFunction, Role[]> = {
  lead_agent: ['agent', 'admin'],
  executor: ['agent', 'executor'],
  finance_controller: ['finance'],
  participant: ['agent', 'executor', 'finance', 'admin'],
};
