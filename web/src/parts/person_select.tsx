import { useTranslation } from 'react-i18next';
import { useColleagues } from '@/lib/data/people';
import type { Role } from '@/lib/types';
import { Avatar } from '@/ui/avatar';
import { Select } from '@/ui/select';

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
