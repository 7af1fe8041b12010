import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { lazy } from '@/lib/lazy';
import { useMe } from '@/lib/session';
import { paletteOpen } from '@/parts/commands';
import { Avatar } from '@/ui/avatar';
import { DealsIcon, Plus, Search, TasksIcon, TodayIcon, Users } from '@/ui/icons';
import { UnreadBadge } from './unread_badge';

const CreateMenu = lazy(() =>
  import('@/features/palette/create_menu').then(({ CreateMenu }) => ({ default: CreateMenu })),
);

const cell =
  'flex min-h-14 min-w-0 flex-1 flex-col items-center whitespace-nowrap justify-center gap-0.5 text-chip text-ink2 focus-visible:-outline-offset-2 data-[status=active]:font-medium data-[status=active]:text-accent-ink';

export function BottomBar() {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const plus = (
    <Button
      // A press before the menu has come opens it when it does.
      onPress={() => setOpen(true)}
      aria-label={t('create')}
      className="fixed right-4 bottom-[72px] z-20 flex size-12 items-center justify-center rounded-full bg-accent text-on-accent shadow-2"
    >
      <Plus />
    </Button>
  );
  return (
    <>
      <Suspense fallback={plus}>
        <CreateMenu trigger={plus} isOpen={open} onOpenChange={setOpen} />
      </Suspense>
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
