import { useEffect, useRef, useState } from 'react';
import type { Board } from '@/lib/data/deal_cache';
import { dealStatuses } from '@/lib/types';

const restMs = 3000;

const ids = (board: Board) =>
  new Set(dealStatuses.flatMap((status) => board[status].deals.map(({ id }) => id)));

/**
 * Deals that others add do not push cards away from under a moving pointer: they wait behind
 * «3 новых · показать» until the pointer leaves or rests.
 */
export function useSteadyBoard(data: Board | undefined, key: string) {
  const [shown, setShown] = useState<{ board: Board | undefined; key: string }>({
    board: data,
    key,
  });
  const pointedAt = useRef(0);
  const latest = useRef({ data, key });
  latest.current = { data, key };
  const show = () => setShown({ board: latest.current.data, key: latest.current.key });
  const known = shown.board && shown.key === key ? ids(shown.board) : undefined;
  const fresh = data && known ? [...ids(data)].filter((id) => !known.has(id)).length : 0;
  const pointing = Date.now() - pointedAt.current < restMs;
  const waits = fresh > 0 && pointing;
  useEffect(() => {
    if (!waits) {
      setShown({ board: data, key });
      return;
    }
    const timer = setTimeout(
      () => setShown({ board: latest.current.data, key: latest.current.key }),
      restMs,
    );
    return () => clearTimeout(timer);
  }, [data, key, waits]);
  return {
    board: waits ? shown.board : data,
    fresh: waits ? fresh : 0,
    show,
    hold: {
      onPointerMove: () => {
        pointedAt.current = Date.now();
      },
      onPointerLeave: () => {
        pointedAt.current = 0;
        if (waits) show();
      },
    },
  };
}
