import { useMemo, useRef, useState } from 'react';
import type { Selection } from '@/ui/list/types';

export interface Chosen extends Selection {
  clear: () => void;
  /** Everything that the filter lets through, loaded or not. */
  everything: boolean;
  chooseEverything: () => void;
}

/** Which rows are chosen. Another query begins with none. */
export function useSelection(order: string[], key: string): Chosen {
  const [chosen, setChosen] = useState<{ key: string; ids: Set<string>; everything: boolean }>({
    key,
    ids: new Set(),
    everything: false,
  });
  const anchor = useRef<string>(undefined);
  const current = chosen.key === key ? chosen : { key, ids: new Set<string>(), everything: false };
  const put = (ids: Set<string>, everything = false) => setChosen({ key, ids, everything });
  const loaded = useMemo(() => new Set(order), [order]);
  const all = order.length > 0 && [...loaded].every((id) => current.ids.has(id));

  const toggle = (id: string, range: boolean) => {
    const ids = new Set(current.ids);
    const from = anchor.current ? order.indexOf(anchor.current) : -1;
    const to = order.indexOf(id);
    if (range && from >= 0 && to >= 0) {
      for (const between of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
        ids.add(between);
      }
    } else if (!ids.delete(id)) ids.add(id);
    anchor.current = id;
    put(ids);
  };
  return {
    ids: current.ids,
    everything: current.everything,
    state: all ? 'all' : current.ids.size > 0 ? 'some' : 'none',
    toggle,
    toggleAll: () => put(all ? new Set() : new Set([...current.ids, ...order])),
    clear: () => put(new Set()),
    chooseEverything: () => put(new Set(order), true),
  };
}
