import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Invitation, useInviteUser, userListQuery, useUnblockUser } from '@/lib/data/people';
import { formatInstant } from '@/lib/dates';
import { currentLocale } from '@/lib/i18n';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { User } from '@/lib/types';
import { PageHead } from '@/parts/page';
import { Avatar } from '@/ui/avatar';
import { Button, IconButton } from '@/ui/button';
import { Chip } from '@/ui/chip';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Ban, Key, Monitor, More, Pencil, Plus } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';
import { EmptyState, ErrorState, RowsSkeleton } from '@/ui/states';
import { AdminTabs } from './admin_tabs';

const BlockUser = lazy(() =>
  import('./block_user').then(({ BlockUser }) => ({ default: BlockUser })),
);
const EditUser = lazy(() => import('./edit_user').then(({ EditUser }) => ({ default: EditUser })));
const InviteUser = lazy(() =>
  import('./invite_user').then(({ InviteUser }) => ({ default: InviteUser })),
);
const ShownLink = lazy(() =>
  import('./shown_link').then(({ ShownLink }) => ({ default: ShownLink })),
);

type Asked = { what: 'edit' | 'block'; user: User };

export function UsersPage() {
  const { t } = useTranslation('admin');
  const [inviting, setInviting] = useState(false);
  const [invitation, setInvitation] = useState<Invitation>();
  const [asked, setAsked] = useState<Asked>();
  return (
    <>
      <PageHead
        title={t('users')}
        actions={
          <Button variant="primary" icon={<Plus />} onPress={() => setInviting(true)}>
            {t('invite')}
          </Button>
        }
      />
      <AdminTabs current="users" />
      <UserTable onAsk={setAsked} onInvitation={setInvitation} />
      <Suspense>
        {inviting && (
          <InviteUser
            onClose={() => setInviting(false)}
            onDone={(made) => {
              setInviting(false);
              setInvitation(made);
            }}
          />
        )}
        {invitation && (
          <ShownLink invitation={invitation} onClose={() => setInvitation(undefined)} />
        )}
        {asked?.what === 'edit' && (
          <EditUser user={asked.user} onClose={() => setAsked(undefined)} />
        )}
        {asked?.what === 'block' && (
          <BlockUser user={asked.user} onClose={() => setAsked(undefined)} />
        )}
      </Suspense>
    </>
  );
}

interface UserTableProps {
  onAsk: (asked: Asked) => void;
  onInvitation: (invitation: Invitation) => void;
}
function UserTable({ onAsk, onInvitation }: UserTableProps) {
  const { t } = useTranslation('admin');
  const list = useInfiniteQuery(userListQuery(undefined));
  const users = list.data?.pages.flatMap((page) => page.users ?? []);
  const columns = useColumns(onAsk, onInvitation);
  if (list.error && !users) {
    return <ErrorState failure={list.error} onRetry={() => void list.refetch()} />;
  }
  if (!users) return <RowsSkeleton />;
  if (users.length === 0) return <EmptyState title={t('users_empty')} />;
  return (
    <DataTable
      label={t('users')}
      columns={columns}
      rows={users}
      rowId={(user) => user.id}
      total={Math.max(list.data?.pages[0]?.total_size ?? 0, users.length)}
      onOpen={(user) => onAsk({ what: 'edit', user })}
      onEnd={() => list.hasNextPage && !list.isFetchingNextPage && void list.fetchNextPage()}
      phoneRow={(user) => (
        <div className="flex items-center gap-3">
          <Avatar name={user.full_name} />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{user.full_name}</span>
            <span className="block truncate text-small text-ink2">{user.email}</span>
          </span>
          <UserStatus user={user} />
          <UserMenu user={user} onAsk={onAsk} onInvitation={onInvitation} />
        </div>
      )}
    />
  );
}

const tones = { active: 'ok', invited: 'info', blocked: 'bad' } as const;
function UserStatus({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const status = user.status ?? 'active';
  return <Chip tone={tones[status]}>{t(`status_is.${status}`)}</Chip>;
}

function useColumns(
  onAsk: UserTableProps['onAsk'],
  onInvitation: UserTableProps['onInvitation'],
): TableColumn<User>[] {
  const { t } = useTranslation(['admin', 'common']);
  const { time_zone, today } = useSession();
  return [
    {
      id: 'name',
      label: t('admin:person'),
      width: '28%',
      cell: (user) => (
        <span className="flex items-center gap-2.5">
          <Avatar name={user.full_name} size="small" />
          <span className="truncate font-medium">{user.full_name}</span>
        </span>
      ),
    },
    { id: 'email', label: t('admin:email'), cell: (user) => user.email },
    {
      id: 'role',
      label: t('admin:role'),
      width: '150px',
      cell: (user) => t(`common:role.${user.role}`),
    },
    {
      id: 'status',
      label: t('admin:status'),
      width: '130px',
      cell: (user) => <UserStatus user={user} />,
    },
    {
      id: 'seen',
      label: t('admin:last_signed_in'),
      width: '170px',
      cell: (user) => (
        <span className="tabular text-ink2">
          {user.last_signed_in_at
            ? formatInstant(user.last_signed_in_at, currentLocale(), time_zone, today)
            : t('admin:never')}
        </span>
      ),
    },
    {
      id: 'menu',
      label: t('common:more'),
      quietLabel: true,
      width: '60px',
      end: true,
      cell: (user) => <UserMenu user={user} onAsk={onAsk} onInvitation={onInvitation} />,
    },
  ];
}

function UserMenu({ user, onAsk, onInvitation }: UserTableProps & { user: User }) {
  const { t } = useTranslation('admin');
  const { user: me } = useSession();
  const navigate = useNavigate();
  const invite = useInviteUser();
  const unblock = useUnblockUser();
  const actions: MenuAction[] = [
    {
      id: 'edit',
      label: t('change_role'),
      icon: <Pencil />,
      run: () => onAsk({ what: 'edit', user }),
    },
    {
      id: 'sessions',
      label: t('sessions'),
      icon: <Monitor />,
      run: () => void navigate({ to: '/admin/sessions', search: { user: user.id } }),
    },
  ];
  if (user.status === 'invited') {
    actions.push({
      id: 'invite',
      label: t('invite_again'),
      icon: <Key />,
      run: () => invite.mutate(user.id, { onSuccess: onInvitation, onError: toastFailure }),
    });
  }
  if (user.status === 'blocked') {
    actions.push({
      id: 'unblock',
      label: t('unblock'),
      icon: <Key />,
      run: () =>
        unblock.mutate(user.id, {
          onSuccess: () => toast(t('unblocked')),
          onError: toastFailure,
        }),
    });
  } else if (user.id !== me.id) {
    actions.push({
      id: 'block',
      label: t('block'),
      icon: <Ban />,
      bad: true,
      run: () => onAsk({ what: 'block', user }),
    });
  }
  return (
    <Menu
      label={t('user_actions', { name: user.full_name })}
      trigger={
        <IconButton label={t('user_actions', { name: user.full_name })}>
          <More />
        </IconButton>
      }
      actions={actions}
    />
  );
}
