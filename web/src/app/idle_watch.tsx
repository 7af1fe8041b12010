import { Suspense, useEffect, useState } from 'react';
import { idleness, watchAnswers } from '@/lib/idle';
import { lazy } from '@/lib/lazy';
import { queryClient } from '@/lib/query';
import { confirmSession, sessionQuery, signedOut } from '@/lib/session';

const IdleAsk = lazy(() => import('./idle_ask').then(({ IdleAsk }) => ({ default: IdleAsk })));
const lookEveryMs = 5000;

/** Asks before a session ends because nobody used it; when it did end, sign-in opens over the page. */
export function IdleWatch() {
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    const stop = watchAnswers();
    const look = () => {
      const state = idleness(allowed());
      setAsking(state === 'ending' && !signedOut.get());
      if (state === 'over' && navigator.onLine) void confirmSession();
    };
    const timer = setInterval(look, lookEveryMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      stop();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return (
    <Suspense>
      {asking && <IdleAsk onHere={() => void confirmSession().finally(() => setAsking(false))} />}
    </Suspense>
  );
}

/** For how long the server lets a session be unused. */
function allowed(): number {
  const state = queryClient.getQueryState<{ idle_ends_at?: string }>(sessionQuery.queryKey);
  const end = Date.parse(state?.data?.idle_ends_at ?? '');
  return state && Number.isFinite(end) ? end - state.dataUpdatedAt : Number.POSITIVE_INFINITY;
}
