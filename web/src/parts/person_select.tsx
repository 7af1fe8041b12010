import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import type { MemberFunction, Role } from '@/lib/types';
import { Avatar } from '@/ui/avatar';
import { Select } from '@/ui/select';

/** Who may take which part in a deal. */
export const rolesOf: Record<MemberFunction, Role[]> = {
  lead_agent: ['agent', 'admin'],
  executor: ['agent', 'executor'],
  finance_controller: ['finance'],
  participant: ['agent', 'executor', 'finance', 'admin'],
};

interface PersonSelectProps {
  label: string;
  roles?: Role[];
  except?: string[];
  value: string | undefined;
  onChange: (id: string) => void;
  error?: string | undefined;
  hint?: string;
  autoFocus?: boolean;
}
export function PersonSelect({ roles, except = [], ...rest }: PersonSelectProps) {
  const { t } = useTranslation();
  const people = useColleagues().filter(
    ({ id, role, status }) =>
      (!roles || roles.includes(role)) &&
      !except.includes(id) &&
      status !== 'blocked' &&
      status !== 'invited',
  );
  return (
    <Select
      {...rest}
      options={people.map(({ id, full_name, role }) => ({
        id,
        label: full_name,
        detail: t(`role.${role}`),
        icon: <Avatar name={full_name} size="small" />,
      }))}
    />
  );
}
