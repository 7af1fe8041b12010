import { type ComponentType, type LazyExoticComponent, lazy as suspended } from 'react';

const firstWaitMs = 500;
const longestWaitMs = 15_000;

function online(): Promise<void> {
  if (navigator.onLine) return Promise.resolve();
  return new Promise((resolve) => {
    window.addEventListener('online', () => resolve(), { once: true });
  });
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A part of the program, asked for until it comes: a lost connection only delays it. Rejects when
 * it does not come in `tries` though there is a connection, as when a newer version replaced it.
 */
export async function arrival<T>(load: () => Promise<T>, tries = 5): Promise<T> {
  for (let tried = 1, wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      return await load();
    } catch (failure) {
      if (navigator.onLine && tried++ >= tries) throw failure;
    }
    await pause(wait);
    await online();
  }
}

/** React's `lazy`, whose code a lost connection only delays. */
// biome-ignore lint/suspicious/noExplicitAny: as React declares it, for components of any props.
export function lazy<T extends ComponentType<any>>(
  load: () => Promise<{ default: T }>,
): LazyExoticComponent<T> {
  return suspended(() => arrival(load));
}
