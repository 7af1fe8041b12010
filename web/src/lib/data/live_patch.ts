import type { QueryClient } from '@tanstack/react-query';
import { flash } from '../flash';
import type { LiveMessage } from '../live';
import type { Change, Client, Deal, SessionReply } from '../types';
import { patchDeal } from './deal_cache';

const settleMs = 200;
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

/** Many changes at once cost one refetch of what is on screen. */
function refresh(client: QueryClient, ...queryKey: string[]) {
  const name = queryKey.join('/');
  if (waiting.has(name)) return;
  const timer = setTimeout(() => {
    waiting.delete(name);
    void client.invalidateQueries({ queryKey });
  }, settleMs);
  waiting.set(name, timer);
}

/** Brings the cache to what a message of the stream says. */
export function applyLive(client: QueryClient, message: LiveMessage, onSession: () => void) {
  if (message.what === 'reset') {
    void client.invalidateQueries();
    return;
  }
  if (message.what !== 'change') return;
  const { change } = message;
  const me = client.getQueryData<SessionReply>(['session'])?.user.id;
  if (change.actor_id !== me) flash(change.id);
  appliers[change.kind]?.(client, change, onSession);
  refresh(client, 'entries', 'list');
}

type Applier = (client: QueryClient, change: Change, onSession: () => void) => void;
const appliers: Record<string, Applier> = {
  deal: (client, change) => {
    const values = (change.changed ?? {}) as Partial<Deal>;
    const version = change.version ?? 0;
    patchDeal(client, change.id, (deal) =>
      deal.version < version ? { ...deal, ...values, version } : deal,
    );
    refresh(client, 'deals', 'one', change.id);
    refresh(client, 'deals', 'timeline', change.id);
    refresh(client, 'history', 'deal', change.id);
    refreshDealLists(client);
  },
  journal: (client, change) => {
    const deal = change.deal_id;
    if (!deal) return;
    refresh(client, 'deals', 'timeline', deal);
    refresh(client, 'history', 'deal', deal);
  },
  calculation: (client, change) => {
    const deal = change.deal_id;
    if (!deal) return;
    refresh(client, 'calculations', 'deal', deal);
    // Ready quotes move the renewals of their deal.
    for (const part of ['list', 'whole', 'count', 'one']) refresh(client, 'policies', part);
    refresh(client, 'deals', 'one', deal);
    refresh(client, 'deals', 'timeline', deal);
    refreshDealLists(client);
  },
  offer: (client, change) => {
    if (change.deal_id) refresh(client, 'calculations', 'offers', change.deal_id);
  },
  client: (client, change) => {
    const values = (change.changed ?? {}) as Partial<Client>;
    const version = change.version ?? 0;
    client.setQueryData<Client>(['clients', 'one', change.id], (known) =>
      known && known.version < version ? { ...known, ...values, version } : known,
    );
    refresh(client, 'clients', 'one', change.id);
    refresh(client, 'history', 'client', change.id);
    refresh(client, 'clients', 'list');
    refresh(client, 'clients', 'count');
  },
  policy: (client) => {
    // A policy stands in lists of its own, of its deal and of its client.
    void client.invalidateQueries({ queryKey: ['policies'] });
    refresh(client, 'deals', 'one');
  },
  task: (client, change) => {
    refresh(client, 'tasks', 'one', change.id);
    refresh(client, 'tasks', 'history', change.id);
    refresh(client, 'tasks', 'list');
    refresh(client, 'tasks', 'whole');
    refresh(client, 'tasks', 'count');
  },
  notification: (client) => refresh(client, 'notifications'),
  inbox: (client) => refresh(client, 'notifications'),
  job: (client) => refresh(client, 'jobs'),
  payment: (client) => refresh(client, 'payments'),
  commission_rule: (client) => refresh(client, 'commission_rules'),
  user: (client, _change, onSession) => {
    refresh(client, 'users');
    onSession();
  },
  agency: (client) => refresh(client, 'settings'),
  view: (client) => refresh(client, 'views'),
  session: (client, _change, onSession) => {
    refresh(client, 'sessions');
    onSession();
  },
};

function refreshDealLists(client: QueryClient) {
  refresh(client, 'deals', 'list');
  refresh(client, 'deals', 'board');
  refresh(client, 'deals', 'count');
}
