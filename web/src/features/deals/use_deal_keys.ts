import { useNavigate } from '@tanstack/react-router';
import { useKeys } from '@/lib/keys';
import { createStore } from '@/lib/store';
import type { Deal } from '@/lib/types';
import { mayPostpone } from '@/parts/postpone';

/** Which card or row has its menu of statuses or dates opened by a key. */
export const openMenu = createStore<{ id: string; menu: 'status' | 'postpone' } | undefined>(
  undefined,
);

const focused = () => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row;

function focusNext(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[at < 0 ? 0 : at + by];
  const target = row?.matches('[tabindex]') ? row : row?.querySelector<HTMLElement>('a');
  target?.focus();
  return row?.dataset.row;
}

/** The keys of a list of deals, for the card or row that has the focus. */
export function useDealKeys(deals: Deal[], onPeek: (id: string) => void, peeked?: string) {
  const navigate = useNavigate();
  const withFocused = (act: (deal: Deal) => void) => () => {
    const id = focused() ?? peeked;
    const deal = deals.find((item) => item.id === id);
    if (deal) act(deal);
  };
  const step = (by: 1 | -1) => () => {
    const id = focusNext(by);
    if (id && peeked) onPeek(id);
  };
  useKeys({
    KeyJ: step(1),
    KeyK: step(-1),
    Space: withFocused((deal) => onPeek(deal.id)),
    Enter: withFocused(
      (deal) => void navigate({ to: '/deals/$dealId', params: { dealId: deal.id } }),
    ),
    KeyS: withFocused((deal) => openMenu.set({ id: deal.id, menu: 'status' })),
    KeyH: withFocused((deal) => {
      if (mayPostpone(deal)) openMenu.set({ id: deal.id, menu: 'postpone' });
    }),
  });
}
