import type { Role } from '@/lib/types';

/** The interface hides what the services would refuse; the decision is theirs. */
export const mayCreate = (role: Role | undefined) => role === 'agent' || role === 'admin';
export const mayWork = (role: Role | undefined) => mayCreate(role) || role === 'executor';
