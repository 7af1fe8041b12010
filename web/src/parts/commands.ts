import { queryClient } from '@/lib/query';
import { createStore } from '@/lib/store';
import type { Deal } from '@/lib/types';

/** What can be opened from anywhere: by key, by palette, by a button of a list. */
export const paletteOpen = createStore(false);

export type Creation =
  | { what: 'deal'; client?: { id: string; name: string } }
  | { what: 'client'; name?: string }
  | { what: 'task'; deal?: { id: string; title: string }; template?: string }
  | { what: 'payment' | 'policy'; deal?: { id: string; title: string } };
export const creating = createStore<Creation | undefined>(undefined);

/** The deal whose card is open: what is created there belongs to it. */
export function dealHere(): { deal?: { id: string; title: string } } {
  const id = /^\/deals\/([^/]+)$/.exec(location.pathname)?.[1];
  const deal = id && queryClient.getQueryData<Deal>(['deals', 'one', id]);
  if (!deal || deal.status === 'closed') return {};
  return {
    deal: { id: deal.id, title: [deal.client_name, deal.title].filter(Boolean).join(' · ') },
  };
}
