import { configureHttp } from './http';

const minute = 60_000;
/** Two minutes for the person, and one because the server notes what it heard once a minute. */
const aheadMs = 3 * minute;
const tellEveryMs = 10_000;

/** When the server last answered one of this browser's tabs: that is what keeps a session alive. */
let heardAt = Date.now();
let toldAt = 0;

export function watchAnswers() {
  const channel = new BroadcastChannel('bordero-heard');
  channel.onmessage = () => {
    heardAt = Date.now();
  };
  configureHttp({
    onAnswer: () => {
      heardAt = Date.now();
      if (heardAt - toldAt < tellEveryMs) return;
      toldAt = heardAt;
      channel.postMessage(heardAt);
    },
  });
  return () => {
    configureHttp({ onAnswer: () => {} });
    channel.close();
  };
}

export type Idleness = 'working' | 'ending' | 'over';
/** How near the end is, when a session may stay unused for so long. */
export function idleness(allowedMs: number, now = Date.now(), heard = heardAt): Idleness {
  const left = heard + allowedMs - now;
  if (left <= 0) return 'over';
  return left <= Math.min(aheadMs, allowedMs / 2) ? 'ending' : 'working';
}
