import { useColleagues } from '@/lib/data/people';
import type { Role } from '@/lib/types';
import type { Option } from '@/ui/select';

/** Colleagues to choose from in filters and cells; of some roles when those are named. */
export function usePeopleOptions(...roles: Role[]): Option[] {
  return useColleagues()
    .filter(({ role }) => roles.length === 0 || roles.includes(role))
    .map(({ id, full_name }) => ({ id, label: full_name }));
}
