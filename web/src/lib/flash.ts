import { useSyncExternalStore } from 'react';

/** Records that somebody else has just changed: their rows flash once. */
const marks = new Map<string, number>();
const listeners = new Set<() => void>();
const flashMs = 1500;

export function flash(id: string) {
  marks.set(id, Date.now());
  notify();
  setTimeout(() => {
    marks.delete(id);
    notify();
  }, flashMs);
}

function notify() {
  for (const listener of listeners) listener();
}

function watch(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useFlash = (id: string): boolean =>
  useSyncExternalStore(watch, () => marks.get(id) !== undefined);
