import { Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useUpdatePreferences } from '@/lib/data/people';
import { lazy } from '@/lib/lazy';
import { useMe } from '@/lib/session';
import { paletteOpen } from '@/parts/commands';
import { mayReadReports } from '@/parts/rights';
import { Avatar } from '@/ui/avatar';
import { IconButton } from '@/ui/button';
import {
  Bell,
  ChartIcon,
  DealsIcon,
  MoneyIcon,
  Moon,
  Renewals,
  Search,
  Settings,
  Shield,
  Sun,
  TasksIcon,
  TodayIcon,
  Users,
} from '@/ui/icons';
import { Kbd } from '@/ui/kbd';
import { Mark } from '@/ui/logo';
import { UnreadBadge } from './unread_badge';

const ExportsLink = lazy(() =>
  import('./exports_link').then(({ ExportsLink }) => ({ default: ExportsLink })),
);

export function Sidebar() {
  const { t } = useTranslation();
  const me = useMe();
  const admin =
    me.role === 'admin' ? '/admin/users' : me.role === 'head' ? '/admin/audit' : undefined;
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex w-14 shrink-0 flex-col border-r border-line bg-canvas p-2.5 lg:w-[216px]"
    >
      <div className="mb-2.5 flex h-9 items-center gap-2.5 px-1 font-semibold text-head">
        <Mark />
        <span className="max-lg:hidden">Bordero</span>
      </div>
      <button
        type="button"
        onClick={() => paletteOpen.set(true)}
        className="mb-3 flex h-8 items-center gap-2 rounded-control border border-line bg-raised px-2.5 text-ink3 shadow-1 hover:text-ink max-lg:justify-center max-lg:px-0"
      >
        <Search />
        <span className="flex-1 text-left max-lg:sr-only">{t('nav.search')}</span>
        <span className="max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <Item to="/today" icon={<TodayIcon />} label={t('nav.today')} />
      <Item
        to="/inbox"
        icon={<Bell />}
        label={t('nav.inbox')}
        badge={<UnreadBadge className="ml-auto max-lg:absolute max-lg:top-0.5 max-lg:right-0.5" />}
      />
      <Item to="/deals" icon={<DealsIcon />} label={t('nav.deals')} />
      <Item to="/clients" icon={<Users />} label={t('nav.clients')} />
      <Item to="/policies" icon={<Shield />} label={t('nav.policies')} />
      <Item to="/renewals" icon={<Renewals />} label={t('nav.renewals')} />
      <Item to="/tasks" icon={<TasksIcon />} label={t('nav.tasks')} />
      <Item to="/money/payments" icon={<MoneyIcon />} label={t('nav.money')} />
      {mayReadReports(me.role) && (
        <Item to="/reports/renewals" icon={<ChartIcon />} label={t('nav.reports')} />
      )}
      <div className="flex-1" />
      <Suspense>
        <ExportsLink />
      </Suspense>
      {admin && <Item to={admin} icon={<Settings />} label={t('nav.admin')} />}
      <div className="mt-2 flex items-center gap-1 border-t border-line pt-2 max-lg:flex-col">
        <Link
          to="/profile"
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-control px-1 py-1 hover:bg-hover"
        >
          <Avatar name={me.full_name} />
          <span className="min-w-0 leading-4 max-lg:sr-only">
            <span className="block truncate font-medium" title={me.full_name}>
              {me.full_name}
            </span>
            <span className="block text-chip text-ink3">{t(`role.${me.role}`)}</span>
          </span>
        </Link>
        <ThemeButton />
      </div>
    </nav>
  );
}

interface ItemProps {
  to:
    | '/today'
    | '/deals'
    | '/clients'
    | '/policies'
    | '/renewals'
    | '/tasks'
    | '/money/payments'
    | '/reports/renewals'
    | '/admin/users'
    | '/admin/audit'
    | '/inbox';
  icon: ReactNode;
  label: string;
  badge?: ReactNode;
}
function Item({ to, icon, label, badge }: ItemProps) {
  const section = `/${to.split('/')[1]}`;
  const inside = useLocation().pathname.startsWith(section);
  return (
    <Link
      to={to}
      title={label}
      data-inside={inside || undefined}
      activeOptions={{ exact: false, includeSearch: false }}
      className="relative mb-0.5 flex h-8 items-center gap-2.5 rounded-control px-2 text-ink2 hover:bg-hover hover:text-ink max-lg:justify-center max-lg:px-0 data-[inside]:bg-accent-soft data-[inside]:font-medium data-[inside]:text-accent-ink"
    >
      {icon}
      <span className="max-lg:sr-only">{label}</span>
      {badge}
    </Link>
  );
}

function ThemeButton() {
  const { t } = useTranslation();
  const update = useUpdatePreferences();
  const dark = document.documentElement.dataset.theme === 'dark';
  return (
    <IconButton
      label={dark ? t('nav.theme_light') : t('nav.theme_dark')}
      onPress={() => update.mutate({ theme: dark ? 'light' : 'dark' })}
    >
      {dark ? <Sun /> : <Moon />}
    </IconButton>
  );
}
