import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { userListQuery } from '@/lib/data/people';
import { lazy } from '@/lib/lazy';
import { useMe } from '@/lib/session';
import { PageHead } from '@/parts/page';
import { SessionList } from '@/parts/session_list';
import { Avatar } from '@/ui/avatar';
import { AdminTabs } from './admin_tabs';

const Select = lazy(() => import('@/ui/select').then(({ Select }) => ({ default: Select })));

export function SessionsPage() {
  const { t } = useTranslation(['admin', 'common']);
  const me = useMe();
  const navigate = useNavigate();
  const { user = me.id } = useSearch({ strict: false }) as { user?: string };
  const list = useInfiniteQuery(userListQuery(undefined));
  const users = list.data?.pages.flatMap((page) => page.users ?? []) ?? [];
  return (
    <>
      <PageHead title={t('admin:sessions')} />
      <AdminTabs current="sessions" />
      <section
        aria-label={t('admin:sessions')}
        tabIndex={0}
        className="flex min-h-0 w-full max-w-3xl flex-1 flex-col gap-4 overflow-y-auto p-5 focus-visible:-outline-offset-2 max-md:p-4"
      >
        <div className="max-w-sm">
          <Suspense>
            <Select
              label={t('admin:sessions_choose')}
              options={users.map(({ id, full_name, role }) => ({
                id,
                label: full_name,
                detail: t(`common:role.${role}`),
                icon: <Avatar name={full_name} size="small" />,
              }))}
              value={user}
              onChange={(id) =>
                void navigate({ to: '/admin/sessions', search: { user: id }, replace: true })
              }
            />
          </Suspense>
        </div>
        <SessionList userId={user === me.id ? undefined : user} />
      </section>
    </>
  );
}
