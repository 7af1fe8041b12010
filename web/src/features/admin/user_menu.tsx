import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useInviteUser, useUnblockUser } from '@/lib/data/people';
import { toastFailure } from '@/lib/messages';
import { useSession } from '@/lib/session';
import { toast } from '@/lib/toast';
import type { User } from '@/lib/types';
import { IconButton } from '@/ui/button';
import { Ban, Key, Monitor, More, Pencil } from '@/ui/icons';
import { Menu, type MenuAction } from '@/ui/menu';
import type { UserActions } from './user_list';

/** What an admin does with one person. */
export function UserMenu({ user, onAsk, onInvitation }: UserActions & { user: User }) {
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
