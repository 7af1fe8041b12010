import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '@/lib/session';
import { matches, otherLayout } from '@/lib/text';
import {
  Bell,
  DealsIcon,
  LogOut,
  MoneyIcon,
  Renewals,
  Settings,
  Shield,
  TasksIcon,
  TodayIcon,
  Users,
} from '@/ui/icons';
import { useCreations } from './use_creations';

export interface Command {
  id: string;
  label: string;
  icon: ReactNode;
  keys?: string;
  run: () => void;
}

/** The commands that fit what is typed, in either keyboard layout. */
export function useCommands(text: string): Command[] {
  const { t } = useTranslation('palette');
  const navigate = useNavigate();
  const commands: Command[] = [
    ...useCreations(),
    {
      id: 'to_today',
      label: t('to_today'),
      icon: <TodayIcon />,
      keys: 'G S',
      run: () => void navigate({ to: '/today' }),
    },
    {
      id: 'to_inbox',
      label: t('to_inbox'),
      icon: <Bell />,
      keys: 'G I',
      run: () => void navigate({ to: '/inbox' }),
    },
    {
      id: 'to_deals',
      label: t('to_deals'),
      icon: <DealsIcon />,
      keys: 'G D',
      run: () => void navigate({ to: '/deals' }),
    },
    {
      id: 'to_clients',
      label: t('to_clients'),
      icon: <Users />,
      keys: 'G K',
      run: () => void navigate({ to: '/clients' }),
    },
    {
      id: 'to_tasks',
      label: t('to_tasks'),
      icon: <TasksIcon />,
      keys: 'G T',
      run: () => void navigate({ to: '/tasks' }),
    },
    {
      id: 'to_policies',
      label: t('to_policies'),
      icon: <Shield />,
      keys: 'G P',
      run: () => void navigate({ to: '/policies' }),
    },
    {
      id: 'to_renewals',
      label: t('to_renewals'),
      icon: <Renewals />,
      keys: 'G R',
      run: () => void navigate({ to: '/renewals' }),
    },
    {
      id: 'to_money',
      label: t('to_money'),
      icon: <MoneyIcon />,
      keys: 'G M',
      run: () => void navigate({ to: '/money/payments' }),
    },
    {
      id: 'templates',
      label: t('templates'),
      icon: <TasksIcon />,
      run: () => void navigate({ to: '/tasks/templates' }),
    },
    {
      id: 'profile',
      label: t('profile'),
      icon: <Settings />,
      run: () => void navigate({ to: '/profile' }),
    },
    { id: 'sign_out', label: t('sign_out'), icon: <LogOut />, run: () => void signOut() },
  ];
  if (!text) return commands;
  return commands.filter(({ label }) => matches(label, text) || matches(label, otherLayout(text)));
}
