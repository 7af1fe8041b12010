import { useTranslation } from 'react-i18next';
import { type Invitation, userResource } from '@/lib/data/people';
import type { Role, User } from '@/lib/types';
import { Stamp } from '@/parts/list/stamp';
import type { ColumnOf, ListOf } from '@/parts/list/types';
import { Avatar } from '@/ui/avatar';
import { Chip } from '@/ui/chip';
import type { FilterField } from '@/ui/list/types';
import { EmptyState } from '@/ui/states';
import { UserMenu } from './user_menu';

export type Asked = { what: 'edit' | 'block'; user: User };
export interface UserActions {
  onAsk: (asked: Asked) => void;
  onInvitation: (invitation: Invitation) => void;
}
const roles: Role[] = ['agent', 'executor', 'finance', 'head', 'admin'];
const statuses = ['active', 'invited', 'blocked'] as const;

export function useUserList(actions: UserActions): ListOf<User> {
  const { t } = useTranslation('admin');
  return {
    resource: userResource,
    title: t('users'),
    count: (count, formatted) => t('users_count', { count, formatted }),
    columns: useColumns(actions),
    fields: useFields(),
    views: [
      { id: 'all', label: t('users_all'), sort: 'full_name' },
      ...statuses.map((id) => ({
        id,
        label: t(`users_view.${id}`),
        f: `status.is.${id}`,
        sort: 'full_name',
      })),
    ],
    open: (user) => actions.onAsk({ what: 'edit', user }),
    phoneRow: (user) => (
      <div className="flex items-center gap-3">
        <Avatar name={user.full_name} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{user.full_name}</span>
          <span className="block truncate text-small text-ink2">{user.email}</span>
        </span>
        <UserStatus user={user} />
        <UserMenu user={user} {...actions} />
      </div>
    ),
    empty: <EmptyState title={t('users_empty')} />,
    emptyFiltered: t('users_empty_filtered'),
  };
}

function useFields(): FilterField[] {
  const { t } = useTranslation(['admin', 'common']);
  return [
    {
      id: 'role',
      label: t('admin:role'),
      kind: 'enum',
      options: roles.map((id) => ({ id, label: t(`common:role.${id}`) })),
    },
    {
      id: 'status',
      label: t('admin:status'),
      kind: 'enum',
      options: statuses.map((id) => ({ id, label: t(`admin:status_is.${id}`) })),
    },
    { id: 'full_name', label: t('admin:full_name'), kind: 'text' },
    { id: 'email', label: t('admin:email'), kind: 'text' },
  ];
}

const tones = { active: 'ok', invited: 'info', blocked: 'bad' } as const;
function UserStatus({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const status = user.status ?? 'active';
  return <Chip tone={tones[status]}>{t(`status_is.${status}`)}</Chip>;
}

function useColumns(actions: UserActions): ColumnOf<User>[] {
  const { t } = useTranslation(['admin', 'common']);
  return [
    {
      id: 'name',
      file: 'full_name',
      label: t('admin:person'),
      sort: 'full_name',
      cell: (user) => (
        <span className="flex items-center gap-2.5">
          <Avatar name={user.full_name} size="small" />
          <span className="truncate font-medium">{user.full_name}</span>
        </span>
      ),
    },
    { id: 'email', file: 'email', label: t('admin:email'), cell: ({ email }) => email },
    {
      id: 'role',
      file: 'role',
      label: t('admin:role'),
      width: 150,
      sort: 'role',
      cell: ({ role }) => t(`common:role.${role}`),
    },
    {
      id: 'status',
      file: 'status',
      label: t('admin:status'),
      width: 130,
      cell: (user) => <UserStatus user={user} />,
    },
    {
      id: 'seen',
      file: 'last_signed_in_at',
      label: t('admin:last_signed_in'),
      width: 170,
      cell: ({ last_signed_in_at: at }) =>
        at ? <Stamp at={at} /> : <span className="text-ink2">{t('admin:never')}</span>,
    },
    {
      id: 'menu',
      label: t('common:more'),
      quietLabel: true,
      width: 60,
      end: true,
      cell: (user) => <UserMenu user={user} {...actions} />,
    },
  ];
}
