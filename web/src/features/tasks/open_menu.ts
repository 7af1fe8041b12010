import { createStore } from '@/lib/store';

/** Which card has its menu opened by a key. */
export const openMenu = createStore<string | undefined>(undefined);
