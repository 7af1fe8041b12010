import { createStore } from '@/lib/store';

/** What can be opened from anywhere: by key, by palette, by a button of a list. */
export const paletteOpen = createStore(false);

export type Creation =
  | { what: 'deal'; client?: { id: string; name: string } }
  | { what: 'client'; name?: string }
  | { what: 'task'; deal?: { id: string; title: string } };
export const creating = createStore<Creation | undefined>(undefined);
