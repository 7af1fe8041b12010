import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/session';
import { creating, paletteOpen } from '@/parts/commands';
import { mayCreate } from '@/parts/rights';
import { Avatar } from '@/ui/avatar';
import { DealsIcon, Plus, Search, TasksIcon, TodayIcon, Users } from '@/ui/icons';
import { UnreadBadge } from './unread_badge';

const cell =
  'flex min-h-14 min-w-0 flex-1 flex-col items-center whitespace-nowrap justify-center gap-0.5 text-chip text-ink2 focus-visible:-outline-offset-2 data-[status=active]:font-medium data-[status=active]:text-accent-ink';

export function BottomBar() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      {mayCreate(me.role) && (
        <button
          type="button"
          aria-label={t('create')}
          onClick={() => creating.set({ what: 'deal' })}
          className="fixed right-4 bottom-[72px] z-20 flex size-12 items-center justify-center rounded-full bg-accent text-on-accent shadow-2"
        >
          <Plus />
        </button>
      )}
      <nav
        aria-label={t('nav.label')}
        className="flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)]"
      >
        <Cell to="/today" icon={<TodayIcon />} label={t('nav.today')} />
        <Cell to="/deals" icon={<DealsIcon />} label={t('nav.deals')} />
        <Cell to="/tasks" icon={<TasksIcon />} label={t('nav.tasks')} />
        <Cell to="/clients" icon={<Users />} label={t('nav.clients')} />
        <button type="button" className={cell} onClick={() => paletteOpen.set(true)}>
          <Search />
          {t('nav.search_short')}
        </button>
        <Cell
          to="/profile"
          icon={
            <span className="relative">
              <Avatar name={me.full_name} size="small" />
              <UnreadBadge className="absolute -top-2 left-[17px] ring-2 ring-canvas" />
            </span>
          }
          label={t('nav.more')}
        />
      </nav>
    </>
  );
}

interface CellProps {
  to: '/today' | '/deals' | '/clients' | '/tasks' | '/profile';
  icon: ReactNode;
  label: string;
}
const Cell = ({ to, icon, label }: CellProps) => (
  <Link to={to} className={cell} activeOptions={{ includeSearch: false }}>
    {icon}
    {label}
  </Link>
);
