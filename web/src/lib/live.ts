import { createStore } from './store';
import type { Change } from './types';

/** What reaches every tab of the browser through the one that holds the stream. */
export type LiveMessage =
  | { what: 'change'; change: Change }
  | { what: 'reset' }
  | { what: 'state'; lostAt: number | undefined };

/** When the connection was lost, while it is. */
export const lostAt = createStore<number | undefined>(undefined);

const name = 'bordero-stream';
const reopenMs = 3000;

/** Elects one tab to hold the stream and shares what it hears. Returns how to stop. */
export function startLive(apply: (message: LiveMessage) => void, onRefused: () => void) {
  const channel = new BroadcastChannel(name);
  const stopping = new AbortController();
  const hear = (message: LiveMessage) => {
    if (message.what === 'state') lostAt.set(message.lostAt);
    else apply(message);
  };
  channel.onmessage = (event: MessageEvent<LiveMessage>) => hear(event.data);
  const tell = (message: LiveMessage) => {
    hear(message);
    channel.postMessage(message);
  };
  navigator.locks
    .request(name, { signal: stopping.signal }, () => hold(stopping.signal, tell, onRefused))
    .catch(() => {});
  return () => {
    stopping.abort();
    channel.close();
  };
}

function hold(signal: AbortSignal, tell: (message: LiveMessage) => void, onRefused: () => void) {
  return new Promise<void>((release) => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasLost = false;
    const heard = (event: MessageEvent<string>) => {
      const change = parseChange(event.data);
      if (change) tell({ what: 'change', change });
    };
    const open = () => {
      source = new EventSource('/api/v1/stream');
      source.onopen = () => {
        tell({ what: 'state', lostAt: undefined });
        if (wasLost) tell({ what: 'reset' });
        wasLost = false;
      };
      source.onmessage = heard;
      source.addEventListener('change', heard);
      source.addEventListener('reset', () => tell({ what: 'reset' }));
      source.onerror = () => {
        if (!wasLost) tell({ what: 'state', lostAt: Date.now() });
        wasLost = true;
        if (source?.readyState !== EventSource.CLOSED) return;
        onRefused();
        timer = setTimeout(open, reopenMs);
      };
    };
    const lose = () => {
      wasLost = true;
      source?.close();
      tell({ what: 'state', lostAt: Date.now() });
    };
    const reopen = () => {
      clearTimeout(timer);
      source?.close();
      open();
    };
    window.addEventListener('offline', lose, { signal });
    window.addEventListener('online', reopen, { signal });
    open();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      source?.close();
      release();
    });
  });
}

export function parseChange(data: string): Change | undefined {
  try {
    const parsed: unknown = JSON.parse(data);
    const known = typeof parsed === 'object' && parsed !== null && 'kind' in parsed;
    return known ? (parsed as Change) : undefined;
  } catch {
    return undefined;
  }
}
