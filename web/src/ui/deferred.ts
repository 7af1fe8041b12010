import { useEffect, useState } from 'react';
import { arrival } from '@/lib/lazy';

const loaded = new Map<string, unknown>();

/** A part of the page that is fetched once the first paint is done, and kept from then on. */
export function useDeferred<T>(name: string, load: () => Promise<T>): T | undefined {
  const [part, setPart] = useState<{ value: T } | undefined>(() =>
    loaded.has(name) ? { value: loaded.get(name) as T } : undefined,
  );
  useEffect(() => {
    if (part) return;
    let wanted = true;
    const timer = setTimeout(async () => {
      const value = await arrival(load, Number.POSITIVE_INFINITY);
      loaded.set(name, value);
      if (wanted) setPart({ value });
    }, 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [part, name, load]);
  return part?.value;
}
