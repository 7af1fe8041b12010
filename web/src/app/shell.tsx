import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateHost } from '@/features/create/create_host';
import { agencyQuery } from '@/lib/data/agency';
import { applyLive } from '@/lib/data/live_patch';
import { colleaguesQuery, preferencesQuery } from '@/lib/data/people';
import { configureHttp } from '@/lib/http';
import { lazy } from '@/lib/lazy';
import { startLive } from '@/lib/live';
import { confirmSession, signedOut } from '@/lib/session';
import { createStore, useStore } from '@/lib/store';
import { paletteOpen } from '@/parts/commands';
import { whose } from '@/parts/page';
import { usePhone } from '@/ui/media';
import { RowsSkeleton } from '@/ui/states';
import { BottomBar } from './bottom_bar';
import { ConnectionBar } from './connection_bar';
import { useGlobalKeys } from './global_keys';
import { IdleWatch } from './idle_watch';
import { applyPreferences } from './preferences';
import { Sidebar } from './sidebar';

const SignInOver = lazy(() =>
  import('@/features/auth/sign_in_over').then(({ SignInOver }) => ({ default: SignInOver })),
);
const Palette = lazy(() =>
  import('@/features/palette/palette').then(({ Palette }) => ({ default: Palette })),
);
const KeysHelp = lazy(() =>
  import('@/features/palette/keys_help').then(({ KeysHelp }) => ({ default: KeysHelp })),
);

const ExportsWatch = lazy(() =>
  import('./exports_watch').then(({ ExportsWatch }) => ({ default: ExportsWatch })),
);

export const retryingIn = createStore(0);

export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const client = useQueryClient();
  const searching = useStore(paletteOpen);
  const over = useStore(signedOut);
  const [help, setHelp] = useState(false);
  const { data: preferences } = useQuery(preferencesQuery);
  useQuery(colleaguesQuery);
  const agency = useQuery(agencyQuery).data?.name;
  useEffect(() => {
    configureHttp({ onWait: retryingIn.set });
    const check = () => void confirmSession();
    return startLive((message) => applyLive(client, message, check), check);
  }, [client]);
  useEffect(() => {
    if (preferences) void applyPreferences(preferences);
  }, [preferences]);
  useEffect(() => {
    if (agency) whose.set(agency);
  }, [agency]);
  useGlobalKeys(() => setHelp(true));
  return (
    <div className="flex h-full flex-col">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-control focus:bg-raised focus:p-2 focus:shadow-2"
      >
        {t('nav.skip')}
      </a>
      <ConnectionBar waiting={useStore(retryingIn)} />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        {!phone && <Sidebar />}
        <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Suspense fallback={<RowsSkeleton />}>
            <Outlet />
          </Suspense>
        </main>
        {phone && <BottomBar />}
      </div>
      <CreateHost />
      <IdleWatch />
      <Suspense>
        <ExportsWatch />
      </Suspense>
      <Suspense>
        {searching && <Palette onClose={() => paletteOpen.set(false)} />}
        {help && <KeysHelp onClose={() => setHelp(false)} />}
        {over && <SignInOver />}
      </Suspense>
    </div>
  );
}
